/**
 * @file xapian_stem.hpp
 * @brief allonym's stemmers as a Xapian::StemImplementation, for C++ programs that keep their TermGenerator and
 * QueryParser.
 *
 * Xapian::Stem("uk") throws, since Snowball has no Ukrainian; allonym::stem("uk") is a Xapian::Stem that can be given
 * to whatever takes one. Header only: link liballonym-stemmer (or liballonym, which has the same functions) and
 * libxapian.
 *
 * The same language must be used for indexing and for searching, and an index is to be written again when
 * aln_stemmer_version() has changed; get_description() tells both.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef ALLONYM_XAPIAN_STEM_HPP
#define ALLONYM_XAPIAN_STEM_HPP

#include <allonym/stemmer.h>
#include <new>
#include <string>
#include <xapian.h>

namespace allonym
{

/** A stemmer of the registry. One thread at a time, as every Xapian object. @since 0.1.0 */
class Stem : public Xapian::StemImplementation
{
  public:
    /**
     * @param language  BCP 47 tag or name, as for aln_stemmer_new(): "kk", "uz-Cyrl", "ukrainian".
     * @throws Xapian::InvalidArgumentError  there is no stemmer of that language.
     */
    explicit Stem(const std::string &language)
    {
        const aln_status status = aln_stemmer_new(language.c_str(), &stemmer_);
        if (status == ALN_ENOMEM)
            throw std::bad_alloc();
        if (status != ALN_OK)
            throw Xapian::InvalidArgumentError("allonym has no stemmer of this language: " + language);
    }

    ~Stem() override
    {
        aln_stemmer_free(stemmer_);
    }

    /** The stem of a word, which Xapian has put into lower case. */
    std::string operator()(const std::string &word) override
    {
        buffer_.resize(word.size() + ALN_STEM_SLACK);
        return std::string(buffer_, 0,
                           aln_stemmer_stem(stemmer_, word.data(), word.size(), &buffer_[0], buffer_.size()));
    }

    std::string get_description() const override
    {
        return std::string("allonym::Stem(") + aln_stemmer_name(stemmer_) + ", version " +
               std::to_string(aln_stemmer_version(stemmer_)) + ")";
    }

  private:
    aln_stemmer *stemmer_ = nullptr;
    std::string buffer_;
};

/** A Xapian::Stem for TermGenerator::set_stemmer() and QueryParser::set_stemmer(), which owns its implementation.
 *  @throws Xapian::InvalidArgumentError  there is no stemmer of that language. @since 0.1.0 */
inline Xapian::Stem stem(const std::string &language)
{
    return Xapian::Stem(new Stem(language));
}

} // namespace allonym
#endif

/*
 * Words as Xapian 1.4's TermGenerator and QueryParser cut them, with their places in the text; and the layout of terms.
 *
 * The rules are those of Xapian's docs/termgenerator and docs/queryparser: word characters by Unicode category;
 * capitals with full stops between are one word (U.N.); apostrophes, & and the like join what stands on both sides, and
 * . , ; join digits; up to three of + # may follow. A character is compared with the general categories that
 * libxapian's own Unicode tables give, so that both agree.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "terms.h"

namespace aln_preload
{

namespace
{

constexpr unsigned drop = 0xffffffffu; // joins, and is not part of the word

unsigned word_character(unsigned ch)
{
    return Xapian::Unicode::is_wordchar(ch) ? Xapian::Unicode::tolower(ch) : 0;
}

bool is_digit(unsigned ch)
{
    return Xapian::Unicode::get_category(ch) == Xapian::Unicode::DECIMAL_DIGIT_NUMBER;
}

unsigned joins_letters(unsigned ch)
{
    switch (ch) {
    case '\'':
    case '&':
    case 0x00b7: // MIDDLE DOT
    case 0x05f4: // HEBREW PUNCTUATION GERSHAYIM
    case 0x2027: // HYPHENATION POINT
        return ch;
    case 0x2019: // RIGHT SINGLE QUOTATION MARK
    case 0x201b: // SINGLE HIGH-REVERSED-9 QUOTATION MARK
        return '\'';
    default:
        // ZERO WIDTH SPACE to RIGHT-TO-LEFT EMBEDDING's like: format characters inside a word.
        return ch >= 0x200b && ch <= 0x200d ? drop : ch == 0x2060 || ch == 0xfeff ? drop : 0;
    }
}

unsigned joins_digits(unsigned ch)
{
    switch (ch) {
    case ',':
    case '.':
    case ';':
    case 0x037e: // GREEK QUESTION MARK
    case 0x0589: // ARMENIAN FULL STOP
    case 0x060d: // ARABIC DATE SEPARATOR
    case 0x07f8: // NKO COMMA
    case 0x2044: // FRACTION SLASH
    case 0xfe10: // PRESENTATION FORM FOR VERTICAL COMMA
    case 0xfe13: // PRESENTATION FORM FOR VERTICAL COLON
    case 0xfe14: // PRESENTATION FORM FOR VERTICAL SEMICOLON
        return ch;
    default:
        return ch >= 0x200b && ch <= 0x200d ? drop : ch == 0x2060 || ch == 0xfeff ? drop : 0;
    }
}

// Blocks that FLAG_CJK_NGRAM takes apart.
bool is_ideogram(unsigned ch)
{
    static const unsigned blocks[][2] = {
        {0x2e80, 0x2fdf}, {0x3000, 0x303f}, {0x3040, 0x30ff}, {0x3130, 0x318f},   {0x31a0, 0x31bf},
        {0x31c0, 0x31ff}, {0x3200, 0x4dbf}, {0x4e00, 0x9fff}, {0xa700, 0xa71f},   {0xac00, 0xd7af},
        {0xf900, 0xfaff}, {0xfe30, 0xfe4f}, {0xff00, 0xffef}, {0x20000, 0x2a6df}, {0x2f800, 0x2fa1f},
    };
    for (const auto &block : blocks)
        if (ch >= block[0] && ch <= block[1])
            return true;
    return false;
}

class cutter
{
  public:
    cutter(const char *text, size_t len, bool characters)
        : text_(text), it_(text, len), total_(len), characters_(characters)
    {
    }

    bool next(xapian_word &word)
    {
        while (it_ != end_ && !word_character(*it_))
            ++it_;
        if (it_ == end_)
            return false;
        word.start = offset();
        word.lower.clear();
        if (!initials(word.lower))
            letters(word.lower);
        word.end = offset();
        return true;
    }

  private:
    const char *text_;
    Xapian::Utf8Iterator it_;
    const Xapian::Utf8Iterator end_;
    size_t total_;
    bool characters_;

    size_t offset() const
    {
        return it_ == end_ ? total_ : static_cast<size_t>(it_.raw() - text_);
    }

    static bool is_upper(unsigned ch)
    {
        return ch < 0x80 ? ch >= 'A' && ch <= 'Z'
                         : Xapian::Unicode::get_category(ch) == Xapian::Unicode::UPPERCASE_LETTER;
    }

    bool initials(std::string &lower)
    {
        if (!is_upper(*it_))
            return false;
        Xapian::Utf8Iterator p = it_;
        unsigned count = 0;
        do {
            Xapian::Unicode::append_utf8(lower, Xapian::Unicode::tolower(*p));
            ++p;
            count++;
        } while (p != end_ && *p == '.' && ++p != end_ && is_upper(*p));
        if (count > 1 && (p == end_ || !Xapian::Unicode::is_wordchar(*p))) {
            it_ = p;
            return true;
        }
        lower.clear();
        return false;
    }

    void letters(std::string &lower)
    {
        if (characters_ && is_ideogram(*it_)) {
            Xapian::Unicode::append_utf8(lower, *it_);
            ++it_;
            return;
        }
        unsigned ch = word_character(*it_), last = 0;
        for (;;) {
            for (; ch; ch = it_ == end_ ? 0 : word_character(*it_)) {
                Xapian::Unicode::append_utf8(lower, ch);
                last = ch;
                if (++it_ == end_ || (characters_ && is_ideogram(*it_)))
                    return;
            }
            Xapian::Utf8Iterator behind = it_;
            ++behind;
            const unsigned next = behind == end_ ? 0 : word_character(*behind);
            const unsigned join = !next                                 ? 0
                                  : is_digit(last) && is_digit(*behind) ? joins_digits(*it_)
                                                                        : joins_letters(*it_);
            if (!join)
                break;
            if (join != drop) {
                Xapian::Unicode::append_utf8(lower, join);
                last = join;
            }
            ch = next;
            it_ = behind;
        }
        // C++, C#: but fish+chips are two words, and more than three are a line.
        std::string suffix;
        Xapian::Utf8Iterator p = it_;
        while (p != end_ && (*p == '+' || *p == '#') && suffix.size() < 4) {
            suffix += static_cast<char>(*p);
            ++p;
        }
        if (!suffix.empty()) {
            it_ = p;
            if (suffix.size() <= 3 && (p == end_ || !Xapian::Unicode::is_wordchar(*p)))
                lower += suffix;
        }
    }
};

} // namespace

std::vector<xapian_word> xapian_words(const char *text, size_t len, bool characters)
{
    std::vector<xapian_word> out;
    cutter cut(text, len, characters);
    for (xapian_word word; cut.next(word);)
        out.push_back(word);
    return out;
}

bool is_unspaced(const char *text, size_t len)
{
    const Xapian::Utf8Iterator first(text, len);
    if (first == Xapian::Utf8Iterator())
        return false;
    const unsigned ch = *first;
    // Thai and Lao; Myanmar; Khmer; then Han, kana and Hangul
    return (ch >= 0x0e00 && ch <= 0x0eff) || (ch >= 0x1000 && ch <= 0x109f) || (ch >= 0x1780 && ch <= 0x17ff) ||
           (is_ideogram(ch) && ch < 0xff00);
}

std::string term_of(aln_term_kind kind, const std::string &field, const char *text, size_t len)
{
    static const char *const prefixes[ALN_TERM_KINDS] = {"XC", "XZ", "XN", "XE"};
    std::string term = field;
    term += prefixes[kind];
    term.append(text, len);
    return term;
}

} // namespace aln_preload

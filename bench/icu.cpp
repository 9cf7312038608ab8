/*
 * What a program does that has ICU alone: the words of each line by the break iterator, each folded and brought into
 * Latin letters by the Any-Latin transliterator; known words from a table, as such programs do. Prints the seconds of
 * processor time and ICU's version: icu FILE
 *
 * SPDX-License-Identifier: MIT
 */
#include <cstdio>
#include <ctime>
#include <fstream>
#include <memory>
#include <string>
#include <unicode/brkiter.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>
#include <unordered_map>

int main(int argc, char **argv)
{
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> words(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    std::unique_ptr<icu::Transliterator> latin(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status));
    if (argc != 2 || U_FAILURE(status)) {
        std::fprintf(stderr, "icu: %s\n", argc != 2 ? "usage: icu FILE" : u_errorName(status));
        return 2;
    }
    std::unordered_map<std::string, std::string> known;
    std::ifstream in(argv[1]);
    std::string line, key;
    size_t letters = 0;
    const std::clock_t begin = std::clock();
    while (std::getline(in, line)) {
        const icu::UnicodeString text = icu::UnicodeString::fromUTF8(line);
        words->setText(text);
        for (int32_t from = words->first(), to = words->next(); to != icu::BreakIterator::DONE;
             from = to, to = words->next()) {
            if (words->getRuleStatus() == UBRK_WORD_NONE)
                continue;
            icu::UnicodeString word(text, from, to - from);
            key.clear();
            word.toUTF8String(key);
            auto found = known.find(key);
            if (found == known.end()) {
                std::string made;
                latin->transliterate(word);
                word.toUTF8String(made);
                found = known.emplace(key, made).first;
            }
            letters += found->second.size();
        }
    }
    std::printf("%.6f %s %zu\n", static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, U_ICU_VERSION, letters);
    return 0;
}

// The language of a text, by Compact Language Detector 2, which has C++ headers only: hence this file.
//
// A few words, a name above all, do not tell their language (CLD2 takes Ternopil for Catalan), so a short text is "und", as is one that
// CLD2 itself calls unreliable; the analyzer then goes by the script.
//
// SPDX-License-Identifier: MIT
#include "language.h"
#include <cstdio> // CLD2 needs FILE and does not say so
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <cstring>

extern "C" const char *aln_identify_text(const char *text, size_t len)
{
    if (const char *plain = aln_identify_by_letters(text, len))
        return plain;
    // CLD2 leaves these as they are when it meets an ill-formed byte at once.
    CLD2::Language best[3] = {CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE};
    int percent[3], bytes = 0, good = 0;
    double score[3];
    bool reliable = false;
    // A few kilobytes tell the language; the rest of a long document would only cost time.
    const size_t most = 8192;
    const int least = 40; // bytes of letters
    size_t n = len < most ? len : most;
    while (n < len && n > 0 && (static_cast<unsigned char>(text[n]) & 0xC0) == 0x80)
        n--;
    CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    auto detect = [&](int length) {
        CLD2::ExtDetectLanguageSummaryCheckUTF8(text, length, true, &hints, 0, best, percent, score, nullptr, &bytes, &reliable,
                                                &good);
    };
    detect(static_cast<int>(n));
    if (good >= least && good < static_cast<int>(n)) // the text up to an ill-formed byte
        detect(good);
    if (best[0] == CLD2::UNKNOWN_LANGUAGE || !reliable || bytes < least)
        return "und";
    const char *code = CLD2::LanguageCode(best[0]);
    return code && std::strcmp(code, "un") != 0 ? code : "und";
}

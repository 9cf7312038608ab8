/*
 * Clitics, by script and orthography:
 *  - Latin, apostrophe: elision (French, Italian, Catalan: closed lists of what may be elided), English and Dutch 's,
 * and the suffixes that Turkish, Azerbaijani and Latin Kazakh set off from names (TDK, Yazım Kılavuzu, "Kesme
 * işareti"), and the endings of cases that Polish, Czech and Slovak set off from foreign ones (Farage'a, Kennedy'ego).
 * Uzbek writes letters with an apostrophe (oʻ, gʻ) and a pause inside of words, so nothing is cut there.
 *  - Cyrillic: in Ukrainian and Belarusian the apostrophe is a letter's; elsewhere it sets off a suffix behind a
 * foreign name.
 *  - Arabic: wa-, fa-, bi-, li-, ka- and the article al-, written together with the word. Many words begin with these
 * letters, so the whole word stays beside the rest. At least three letters must be left.
 *  - Hebrew: the seven "letters of service" (ו ה ב ל מ ש כ), one or two of them, likewise.
 *
 * SPDX-License-Identifier: MIT
 */
#include "clitics.h"
#include "utf8.h"
#include <string.h>

static int is_one_of(const char *text, size_t len, const char *const *list)
{
    for (; *list; list++)
        if (strlen(*list) == len && memcmp(*list, text, len) == 0)
            return 1;
    return 0;
}

static int speaks(const char *lang, const char *const *list)
{
    return lang && is_one_of(lang, strcspn(lang, "-"), list);
}

static size_t with_apostrophe(const char *base, size_t len, aln_script script, const char *lang, size_t first,
                              aln_span *out)
{
    static const char *const letters[] = {"uz", "uk", "be", NULL};
    static const char *const eliding[] = {"fr", "it", "ca", NULL};
    static const char *const elided[] = {"l",      "d",    "j",   "m",    "n",    "s",    "t",  "c",     "qu",  "jusqu",
                                         "lorsqu", "dell", "all", "dall", "nell", "sull", "un", "quell", "dev", NULL};
    static const char *const suffixing[] = {"tr", "az", "tk", "kk", NULL};
    static const char *const declining[] = {"pl", "cs", "sk", NULL};
    static const char *const endings[] = {"a",  "u",   "y",   "i",   "m",   "em",  "om", "ie", "ów", "owi",
                                          "ům", "ovi", "ego", "emu", "ach", "ami", "ho", "mu", NULL};
    size_t last = len;
    while (last > 0 && base[last - 1] != '\'')
        last--;
    last--; /* of the last apostrophe; there is one */
    size_t tail = aln_utf8_count(base + last + 1, len - last - 1);
    if (speaks(lang, letters))
        return 0;
    if (speaks(lang, suffixing) && tail <= 8 && last >= 2) {
        out[0] = (aln_span){0, first};
        return 1;
    }
    if (script == ALN_SCRIPT_LATN && (!lang || speaks(lang, eliding) || strncmp(lang, "und", 3) == 0) &&
        len - first > 2 && is_one_of(base, first, elided)) {
        out[0] = (aln_span){first + 1, len - first - 1};
        return 1;
    }
    if (speaks(lang, declining) && last >= 2 && is_one_of(base + last + 1, len - last - 1, endings)) {
        out[0] = (aln_span){0, last};
        return 1;
    }
    /* 's of English and Dutch; d'Ivoire and O'Connor stay whole */
    if (tail <= 1 && last >= 2 && (tail == 0 || base[last + 1] == 's')) {
        out[0] = (aln_span){0, last};
        return 1;
    }
    return 0;
}

static size_t arabic(const char *base, size_t len, aln_span *out)
{
    const unsigned char *s = (const unsigned char *)base, *end = s + len;
    uint32_t cp[4] = {0, 0, 0, 0};
    size_t at[5] = {0}, n = 0;
    while (s < end && n < 4) {
        s += aln_utf8_next(s, end, &cp[n]);
        at[++n] = (size_t)(s - (const unsigned char *)base);
    }
    size_t count = 0, letters = aln_utf8_count(base, len);
    int proclitic = cp[0] == 0x648 || cp[0] == 0x641 || cp[0] == 0x628 || cp[0] == 0x644 ||
                    cp[0] == 0x643;                         /* waw feh beh lam kaf */
    if (cp[0] == 0x627 && cp[1] == 0x644 && letters >= 5) { /* al- */
        out[count++] = (aln_span){at[2], len - at[2]};
    } else if (proclitic && cp[1] == 0x627 && cp[2] == 0x644 && letters >= 6) { /* wal-, bil- */
        out[count++] = (aln_span){at[3], len - at[3]};
    } else if (cp[0] == 0x644 && cp[1] == 0x644 && letters >= 5) { /* lil- */
        out[count++] = (aln_span){at[2], len - at[2]};
    } else {
        out[count++] = (aln_span){0, len};
        if (proclitic && letters >= 4)
            out[count++] = (aln_span){at[1], len - at[1]};
    }
    return count;
}

static size_t hebrew(const char *base, size_t len, aln_span *out)
{
    static const uint32_t service[] = {0x5D5, 0x5D4, 0x5D1, 0x5DC, 0x5DE, 0x5E9, 0x5DB, 0};
    const unsigned char *s = (const unsigned char *)base, *end = s + len;
    size_t count = 1, letters = aln_utf8_count(base, len);
    out[0] = (aln_span){0, len};
    while (s < end && count < ALN_CLITIC_SPANS && letters - count >= 3) {
        uint32_t cp;
        s += aln_utf8_next(s, end, &cp);
        int found = 0;
        for (const uint32_t *p = service; *p; p++)
            found |= *p == cp;
        if (!found)
            break;
        size_t at = (size_t)(s - (const unsigned char *)base);
        out[count++] = (aln_span){at, len - at};
    }
    return count;
}

size_t aln_clitics(const char *base, size_t len, aln_script script, const char *lang, aln_span out[ALN_CLITIC_SPANS])
{
    size_t count = 0;
    const char *apostrophe = len ? memchr(base, '\'', len) : NULL;
    if ((script == ALN_SCRIPT_LATN || script == ALN_SCRIPT_CYRL) && apostrophe)
        count = with_apostrophe(base, len, script, lang, (size_t)(apostrophe - base), out);
    else if (script == ALN_SCRIPT_ARAB && !(lang && (strncmp(lang, "fa", 2) == 0 || strncmp(lang, "ur", 2) == 0)))
        count = arabic(base, len, out);
    else if (script == ALN_SCRIPT_HEBR)
        count = hebrew(base, len, out);
    if (!count)
        out[count++] = (aln_span){0, len};
    return count;
}

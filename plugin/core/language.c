/*
 * Finding languages by tag. Tags compare without regard to case (RFC 5646, section 2.1.1); an underscore counts as a
 * hyphen, since data often has POSIX locale names.
 *
 * SPDX-License-Identifier: MIT
 */
#include "language.h"
#include "image.h"
#include <string.h>

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c == '_' ? '-' : c;
}

static int same(const char *tag, const char *other, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!tag[i] || small(tag[i]) != small(other[i]))
            return 0;
    return tag[len] == 0;
}

unsigned aln_language_find(const char *tag, size_t len)
{
    /* iw, in and no: codes that identifiers of languages still print for he, id and nb. */
    static const char old[][2][3] = {{"iw", "he"}, {"in", "id"}, {"nb", "no"},
                                     {"nn", "no"}, {"bs", "hr"}, {"cn", "zh"}};
    while (len) {
        for (unsigned i = 0; i < aln_language_count; i++)
            if ((aln_languages[i].tag[0] | 0x20) == (tag[0] | 0x20) && same(aln_languages[i].tag, tag, len))
                return i;
        size_t cut = len;
        while (cut && tag[cut - 1] != '-' && tag[cut - 1] != '_')
            cut--;
        if (!cut)
            break;
        len = cut - 1;
    }
    for (size_t i = 0; len == 2 && i < sizeof old / sizeof *old; i++)
        if (same(old[i][0], tag, 2))
            return aln_language_find(old[i][1], 2);
    return ALN_NO_LANGUAGE;
}

int aln_language_writes(unsigned language, aln_script script)
{
    if (language >= aln_language_count)
        return 0;
    const aln_language *l = &aln_languages[language];
    if (l->script == script)
        return 1;
    return strcmp(l->tag, "ja") == 0 && (script == ALN_SCRIPT_HIRA || script == ALN_SCRIPT_KANA);
}

int aln_languages_same(unsigned a, unsigned b)
{
    const char *s = aln_languages[a].tag, *t = aln_languages[b].tag;
    for (; *s && *s != '-' && *s == *t; s++)
        t++;
    return (!*s || *s == '-') && (!*t || *t == '-');
}

unsigned aln_language_in_script(unsigned language, aln_script script)
{
    if (aln_language_writes(language, script))
        return language;
    if (language >= aln_language_count)
        return ALN_NO_LANGUAGE;
    for (unsigned i = 0; i < aln_language_count; i++)
        if (aln_languages[i].script == script && aln_languages_same(i, language))
            return i;
    return ALN_NO_LANGUAGE;
}

int aln_language_particle(unsigned language, const char *word, size_t len)
{
    const char *list = language < aln_language_count ? aln_languages[language].particles : "";
    while (*list) {
        size_t n = strcspn(list, " ");
        if (n == len && memcmp(list, word, n) == 0)
            return 1;
        list += n + (list[n] == ' ');
    }
    return 0;
}

/* `list` has each word behind a byte with its length, shorter ones first. */
static int is_listed(const char *list, const char *word, size_t len)
{
    for (; *list && (size_t)*list <= len; list += 1 + *list)
        if ((size_t)*list == len && memcmp(list + 1, word, len) == 0)
            return 1;
    return 0;
}

int aln_language_common(unsigned language, const char *word, size_t len)
{
    return language < aln_language_count && is_listed(aln_languages[language].common, word, len);
}

int aln_language_frequent(unsigned language, const char *word, size_t len)
{
    return aln_language_common(language, word, len) ||
           (language < aln_language_count && is_listed(aln_languages[language].frequent, word, len));
}

uint32_t aln_languages_hash(void)
{
    uint32_t h = 0;
    for (unsigned i = 0; i < aln_language_count; i++) {
        const aln_language *l = &aln_languages[i];
        h = h * 16777619u ^ aln_image_hash(l->tag, strlen(l->tag)) ^ (uint32_t)l->script << 8 ^ (uint32_t)l->names ^
            aln_image_hash(l->home, strlen(l->home)) ^ aln_image_hash(l->common, strlen(l->common)) << 1 ^
            aln_image_hash(l->frequent, strlen(l->frequent)) << 2;
    }
    return h;
}

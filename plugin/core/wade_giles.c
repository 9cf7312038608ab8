/*
 * Pinyin to Wade-Giles: initial by initial and final by final, as the table of the Library of Congress (Pinyin
 * Conversion Project, "New Chinese Romanization Guidelines") has them. See wade_giles.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "wade_giles.h"
#include <string.h>

typedef struct piece {
    const char *behind; /* the initials of pinyin that it stands behind; NULL = any, "" = none */
    const char *from, *to;
} piece;

/* The longest first. */
static const char *const initials[][2] = {
    {"zh", "ch"}, {"ch", "ch"}, {"sh", "sh"}, {"b", "p"}, {"p", "p"}, {"m", "m"}, {"f", "f"},  {"d", "t"},
    {"t", "t"},   {"n", "n"},   {"l", "l"},   {"g", "k"}, {"k", "k"}, {"h", "h"}, {"j", "ch"}, {"q", "ch"},
    {"x", "hs"},  {"z", "ts"},  {"c", "ts"},  {"s", "s"}, {"r", "j"}, {"", ""},
};

/* Finals that differ. */
static const piece finals[] = {
    {" zh ch sh r ", "i", "ih"}, {" z c ", "i", "u"},    {" s ", "i", "su"},     {" d t n l z c s zh ch r ", "uo", "o"},
    {" g k h ", "e", "o"},       {" g k ", "ui", "uei"}, {"", "yi", "i"},        {"", "you", "yu"},
    {"", "yan", "yen"},          {"", "ye", "yeh"},      {"", "yue", "yueh"},    {"", "yong", "yung"},
    {"", "er", "erh"},           {NULL, "ong", "ung"},   {NULL, "iong", "iung"}, {NULL, "ian", "ien"},
    {NULL, "ie", "ieh"},         {NULL, "ue", "ueh"},    {NULL, "ve", "ueh"},    {NULL, "v", "u"},
};

static int stands_behind(const piece *final, const char *initial)
{
    char padded[5] = " ";
    if (!final->behind)
        return 1;
    if (!*final->behind || !*initial)
        return *final->behind == *initial;
    strcat(strcat(padded, initial), " ");
    return strstr(final->behind, padded) != NULL;
}

size_t aln_wade_giles(const char *pinyin, char *out)
{
    size_t i = 0;
    while (strncmp(pinyin, initials[i][0], strlen(initials[i][0])) != 0)
        i++; /* the last is empty */
    const char *initial = initials[i][1], *final = pinyin + strlen(initials[i][0]);
    if ((initials[i][0][0] == 'z' || initials[i][0][0] == 'c') && !initials[i][0][1] && strcmp(final, "i") == 0)
        initial = "tz";
    for (size_t k = 0; k < sizeof finals / sizeof *finals; k++)
        if (strcmp(final, finals[k].from) == 0 && stands_behind(&finals[k], initials[i][0])) {
            final = finals[k].to;
            break;
        }
    size_t first = strlen(initial), len = first + strlen(final);
    if (len > ALN_WADE_GILES_MAX)
        return 0;
    memcpy(out, initial, first);
    memcpy(out + first, final, len - first);
    return len;
}

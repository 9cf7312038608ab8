/*
 * Names and properties of scripts. See script.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "script.h"
#include "unicode.h"

static const char codes[ALN_SCRIPTS][5] = {
    "Zyyy", "Zzzz", "Latn", "Cyrl", "Grek", "Geor", "Armn", "Arab", "Hebr", "Syrc", "Thaa",
    "Hani", "Hira", "Kana", "Hang", "Bopo", "Thai", "Laoo", "Khmr", "Mymr", "Deva", "Beng",
    "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Tibt", "Ethi", "Mong",
};

const char *aln_script_code(aln_script script)
{
    return (unsigned)script < ALN_SCRIPTS ? codes[script] : "Zzzz";
}

aln_script aln_script_of(uint32_t cp)
{
    return cp < 0x110000 ? aln_cell_script(aln_unicode_cell(cp)) : ALN_SCRIPT_ZZZZ;
}

int aln_script_has_case(aln_script script)
{
    /* Georgian has capitals in Unicode (Mtavruli), but running text does not use them to begin names. */
    return script == ALN_SCRIPT_LATN || script == ALN_SCRIPT_CYRL || script == ALN_SCRIPT_GREK ||
           script == ALN_SCRIPT_ARMN;
}

/*
 * Scripts by ISO 15924, as far as allonym treats them apart. Any other script is ALN_SCRIPT_ZZZZ: its words are folded
 * and kept.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_SCRIPT_H
#define ALN_CORE_SCRIPT_H

#include <stdint.h>

typedef enum aln_script {
    ALN_SCRIPT_ZYYY, /* common: digits, punctuation */
    ALN_SCRIPT_ZZZZ, /* any script that is not below */
    ALN_SCRIPT_LATN,
    ALN_SCRIPT_CYRL,
    ALN_SCRIPT_GREK,
    ALN_SCRIPT_GEOR,
    ALN_SCRIPT_ARMN,
    ALN_SCRIPT_ARAB,
    ALN_SCRIPT_HEBR,
    ALN_SCRIPT_SYRC,
    ALN_SCRIPT_THAA,
    ALN_SCRIPT_HANI,
    ALN_SCRIPT_HIRA,
    ALN_SCRIPT_KANA,
    ALN_SCRIPT_HANG,
    ALN_SCRIPT_BOPO,
    ALN_SCRIPT_THAI,
    ALN_SCRIPT_LAOO,
    ALN_SCRIPT_KHMR,
    ALN_SCRIPT_MYMR,
    ALN_SCRIPT_DEVA,
    ALN_SCRIPT_BENG,
    ALN_SCRIPT_GURU,
    ALN_SCRIPT_GUJR,
    ALN_SCRIPT_ORYA,
    ALN_SCRIPT_TAML,
    ALN_SCRIPT_TELU,
    ALN_SCRIPT_KNDA,
    ALN_SCRIPT_MLYM,
    ALN_SCRIPT_SINH,
    ALN_SCRIPT_TIBT,
    ALN_SCRIPT_ETHI,
    ALN_SCRIPT_MONG,
    ALN_SCRIPTS
} aln_script;

/* "Cyrl"; static, never NULL. */
const char *aln_script_code(aln_script script);
/* The script of a code point by its Script property (UAX #24). Inherited and Common are ALN_SCRIPT_ZYYY. */
aln_script aln_script_of(uint32_t cp);
/* Whether the script distinguishes capitals. */
int aln_script_has_case(aln_script script);

#endif

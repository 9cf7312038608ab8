/*
 * A document as `allonym index` takes it: a JSON object with id and text, and the fields that allonym knows.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_RECORD_H
#define ALLONYM_RECORD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct record {
    json_t *json; /* owns the strings below */
    const char *id, *text, *title;
    size_t id_len, text_len, title_len;
    char number[24];   /* an id that was given as a number */
    char date[9];      /* digits: YYYY, YYYYMM or YYYYMMDD; "" = none */
    char language[36]; /* lower case; "" = none given */
    char note[160];    /* a field that is not what it should be, and is kept but not used; "" = none */
} record;

/* Reads a line of JSON. False, with the reason in why, where it is no document. */
bool record_parse(record *out, const char *line, size_t len, char *why, size_t why_size);
/* The same from an object; takes it over, also on failure. */
bool record_take(record *out, json_t *object, char *why, size_t why_size);
void record_clear(record *r);

#endif

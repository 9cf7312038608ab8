/*
 * Reads documents from JSON by jansson, which refuses what would not survive the way to the index and back: ill-formed
 * UTF-8, a lone surrogate, NUL.
 *
 * SPDX-License-Identifier: MIT
 */
#include "record.h"
#include "command.h"

#include <stdio.h>
#include <string.h>

bool record_parse(record *out, const char *line, size_t len, char *why, size_t why_size)
{
    json_error_t error;
    json_t *json = json_loadb(line, len, 0, &error);
    memset(out, 0, sizeof *out);
    if (!json) {
        const char *what = "not JSON";
        if (json_error_code(&error) == json_error_null_character || strstr(error.text, "u0000"))
            what = "a NUL character in the text";
        else if (json_error_code(&error) == json_error_invalid_utf8)
            what = "not UTF-8";
        else if (strstr(error.text, "invalid Unicode"))
            what = "half of a surrogate pair in the text";
        snprintf(why, why_size, "%s (column %d: %.120s)", what, error.column, error.text);
        return false;
    }
    return record_take(out, json, why, why_size);
}

/* False where it is there and no string. */
static bool get_string(const json_t *object, const char *name, const char **text, size_t *len)
{
    const json_t *value = json_object_get(object, name);
    *text = NULL;
    *len = 0;
    if (!value || json_is_null(value))
        return true;
    if (!json_is_string(value))
        return false;
    *text = json_string_value(value);
    *len = json_string_length(value);
    return true;
}

/* id and text make a document. What is wrong with the other fields costs only their use. */
static void read_others(record *out, const json_t *object)
{
    const char *text;
    size_t len;
    if (!get_string(object, "title", &out->title, &out->title_len))
        snprintf(out->note, sizeof out->note, "\"title\" is not a string, and not searched");
    if (!get_string(object, "date", &text, &len) || (len && !parse_date(text, out->date)))
        snprintf(out->note, sizeof out->note, "\"date\" is not a date as YYYY-MM-DD, and not searched: %.60s",
                 text ? text : "");
    if (!get_string(object, "lang", &text, &len) ||
        (len && !parse_language(text, len, out->language, sizeof out->language))) {
        *out->language = '\0';
        snprintf(out->note, sizeof out->note, "\"lang\" is not a language tag, and not used: %.60s", text ? text : "");
    }
}

bool record_take(record *out, json_t *object, char *why, size_t why_size)
{
    memset(out, 0, sizeof *out);
    out->json = object;
    if (!json_is_object(object)) {
        snprintf(why, why_size, "not a JSON object");
        goto bad;
    }
    const json_t *id = json_object_get(object, "id");
    if (json_is_integer(id)) {
        int n = snprintf(out->number, sizeof out->number, "%" JSON_INTEGER_FORMAT, json_integer_value(id));
        out->id = out->number;
        out->id_len = (size_t)n;
    } else if (!get_string(object, "id", &out->id, &out->id_len)) {
        snprintf(why, why_size, "\"id\" is not a string");
        goto bad;
    }
    if (!out->id_len) {
        snprintf(why, why_size, "no \"id\"");
        goto bad;
    }
    if (!get_string(object, "text", &out->text, &out->text_len)) {
        snprintf(why, why_size, "\"text\" is not a string");
        goto bad;
    }
    if (!out->text) {
        snprintf(why, why_size, "no \"text\"");
        goto bad;
    }
    read_others(out, object);
    return true;
bad:
    record_clear(out);
    return false;
}

void record_clear(record *r)
{
    json_decref(r->json);
    memset(r, 0, sizeof *r);
}

/*
 * Known names at a place of a phrase. "Präsident Deutschlands" is "президент Германии": the index has the id of the
 * country, but an id has positions only where no key stands, so the place is told by the keys of the entity's names.
 *
 * SPDX-License-Identifier: MIT
 */
#include "query_names.h"
#include "key.h"
#include "lexicon.h"
#include <string.h>

/* Terms at one place, at most: a country has some sixty names. */
#define TERMS_MOST 96
/* Readings of the query memo from here on are those of names as a document has them. */
#define READING_OF_NAME 0x40000u

static int is_former(const aln_entity_name *name)
{
    int now = !name->period_count && !(name->flags & ALN_NAME_HISTORIC);
    for (uint32_t i = 0; i < name->period_count; i++)
        now |= !name->periods[i].to;
    return !now;
}

/* Whether a letter is of a word of a name; what is not ASCII is, as far as matters here. */
static int is_inside(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 0x80 || u == '\'' || (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z');
}

static int add_keys(aln_planner *p, const aln_entity_name *name, const char *word, size_t len,
                    const aln_term_origin *origin, aln_node_list *list)
{
    unsigned tag = aln_language_find(name->language, strlen(name->language));
    aln_script script = aln_main_script(word, len);
    if (!len || len > ALN_WORD_BYTES || tag == ALN_NO_LANGUAGE)
        return 1;
    uint8_t language = (uint8_t)aln_language_in_script(tag, script);
    aln_reading_in in = {&language, 1, ALN_KEYS_FILE, 0, 2}; /* President is written so, too */
    const aln_word *w = language == ALN_NO_LANGUAGE
                            ? NULL
                            : aln_memo_word(&p->analyzer->query_memo, word, len, script, &in,
                                            READING_OF_NAME | (uint32_t)language << 8 | (uint32_t)script);
    for (unsigned i = 0; w && i < w->key_count && list->count < TERMS_MOST; i++)
        if (aln_key_has_places(w, &w->keys[i]) &&
            !aln_list_add_term(p->arena, list, ALN_TERM_KEY, w->keys[i].text, w->keys[i].len, origin))
            return 0;
    return 1;
}

static int add_keys_of_names(aln_planner *p, uint32_t entity, unsigned which, const aln_term_origin *origin,
                             aln_node_list *list)
{
    const aln_lexicon *lexicon = p->analyzer->lexicon;
    aln_entity_name name;
    aln_term_origin o = *origin;
    o.rule = "names";
    o.entity = entity;
    for (uint32_t n = 0; list->count < TERMS_MOST && aln_entity_name_at(lexicon, entity, n, &name) == ALN_OK; n++) {
        size_t len = strlen(name.text), first = 0, last = len;
        if ((p->scan.names == ALN_NAMES_CURRENT && is_former(&name)) ||
            ((name.flags & ALN_NAME_DEMONYM) && !p->demonyms))
            continue;
        while (first < len && is_inside(name.text[first]))
            first++;
        while (last && is_inside(name.text[last - 1]))
            last--;
        int ok = 1;
        if (first == len) {
            ok = add_keys(p, &name, name.text, len, &o, list);
        } else {
            if (which & ALN_NAMES_FIRST_WORD)
                ok = add_keys(p, &name, name.text, first, &o, list);
            if (ok && (which & ALN_NAMES_LAST_WORD))
                ok = add_keys(p, &name, name.text + last, len - last, &o, list);
        }
        if (!ok)
            return 0;
    }
    return 1;
}

int aln_plan_keys_of_ids(aln_planner *p, const aln_query_node *ids, unsigned which, aln_node_list *list)
{
    if (ids->op != ALN_Q_TERM) {
        for (uint32_t i = 0; i < ids->count; i++)
            if (!aln_plan_keys_of_ids(p, ids->children[i], which, list))
                return 0;
        return 1;
    }
    aln_term_origin o = {ids->start, ids->end, ids->field, ids->rule, ids->confidence, ids->entity};
    return ids->entity == UINT32_MAX || add_keys_of_names(p, ids->entity, which, &o, list);
}

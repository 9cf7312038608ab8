/*
 * Planning, as its files share it: query_plan.c has the operators, query_text.c combines words and names,
 * query_words.c says what one word may be.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_QUERY_PLAN_H
#define ALN_CORE_QUERY_PLAN_H

#include "analyzer.h"
#include "query_build.h"
#include "query_parse.h"
#include "translit.h"

/* Terms of documents that are records, names and nothing else, by how many words they have beside the text that is
 * planned; each NULL where there are none. query_records.c */
typedef struct aln_records {
    const aln_query_node *longer;  /* more words than the text may have in another script */
    const aln_query_node *as_long; /* as many, or more */
    const aln_query_node *several; /* two, or more */
    const aln_query_node *two;     /* exactly two */
    unsigned longer_doubt;         /* what words of two may be in doubt together in a longer one */
} aln_records;

typedef struct aln_planner {
    aln_analyzer *analyzer;
    aln_arena *arena;
    const aln_query_options *options;
    const char *query;
    aln_scan_options scan;
    uint8_t languages[ALN_LANGUAGES_MAX];
    aln_records records;
    int demonyms; /* whether a place's inhabitants and adjectives are searched with it */
    int firm;     /* whether the text names a body, whose words may be read in Japanese */
    int form;     /* whether it has a legal form */
    int code;     /* the first failure; a vocabulary's own code as well */
} aln_planner;

/* How freely a word is taken. */
typedef enum aln_freedom {
    ALN_FREE = 0,  /* any spelling in any script */
    ALN_EXACT = 1, /* as typed */
    ALN_KNOWN =
        2 /* likewise, but no guess from a few consonants: for words of a name whose spellings the gazetteer has */
} aln_freedom;

/* Scans a part of the query into the analyzer's window, to be looked for as a word or as a name of several. 0 or a
 * status. */
int aln_plan_scan(aln_planner *p, size_t start, size_t end);
/* A text of words. NULL where it has none, or on failure, which is recorded. */
const aln_query_node *aln_plan_text(aln_planner *p, const aln_syntax *syntax);
/* What to search for where a unit of the window stands: exact form, stems, keys, spellings. NULL on failure. */
const aln_query_node *aln_plan_word(aln_planner *p, const aln_unit *unit, size_t offset, const char *field,
                                    aln_freedom freedom);
/* The same for a run of characters written without spaces, units first to last - 1. query_run.c */
const aln_query_node *aln_plan_run(aln_planner *p, const aln_window *window, size_t first, size_t last, size_t offset,
                                   const char *field, aln_freedom freedom);
/* What may stand at one place of a phrase: terms that have positions, with the ids of one-word names found there. */
const aln_query_node *aln_plan_place(aln_planner *p, const aln_window *window, size_t unit, size_t offset,
                                     const char *field, aln_freedom freedom);
/* The ids found at a unit, as one node; NULL if none. *span is how many units they cover. *inside are the terms of
 * these entities' names inside of longer ones, where they do not count; else NULL. */
const aln_query_node *aln_plan_ids(aln_planner *p, const aln_window *window, size_t unit, size_t offset,
                                   const char *field, uint32_t *span, uint32_t *flags, const aln_query_node **inside);
/* Records a failure; returns NULL. */
const aln_query_node *aln_plan_fail(aln_planner *p, int code);

/* The word of a text that tells the name by itself, of the words planned; NULL where there is none. query_telling.c */
const aln_query_node *aln_plan_telling(const aln_planner *p, const aln_window *window, const aln_node_list *words,
                                       size_t offset);

/* The family name of a person, as all that a record in a script of characters has: keys that only such records have.
 * NULL where there is none, or on failure, which is recorded. query_telling.c */
const aln_query_node *aln_plan_family_alone(aln_planner *p, const aln_window *window, const aln_node_list *words,
                                            size_t offset);

/* Keys of records whose name is a word of a body's name and nothing else but a legal form; of records that are the
 * known body that the whole text is. Both: NULL where there are none, or on failure, which is recorded.
 * query_telling.c */
const aln_query_node *aln_plan_core(aln_planner *p, const aln_query_node *part);
const aln_query_node *aln_plan_body_alone(aln_planner *p, const aln_window *window, const uint8_t *optional,
                                          size_t offset, const char *field);

/* The known persons who have a query's only word, or the one behind initials, as family name: their ids. NULL where
 * there is none, or on failure, which is recorded. query_persons.c */
const aln_query_node *aln_plan_persons(aln_planner *p, const aln_window *window, size_t offset, const char *field);

/* Sets the planner's `records` for the text in the window: nothing where the index has no records, or where documents
 * are said to be texts. query_records.c. 0 = failure, recorded. */
int aln_plan_records(aln_planner *p, const char *text, const aln_window *window);

/* Other ways to find a text than all its words, query_ways.c. `words` are those that must match.
 * Wizz Air is Wizzair elsewhere, Chen Shu-yi is Chen Shuyi: two neighbours of a text of two to four words as one,
 * beside the others, into a list of ways. 0 = failure, recorded. */
int aln_plan_joined(aln_planner *p, const aln_window *window, size_t offset, const char *field,
                    const aln_node_list *words, aln_node_list *ways);
/* All words but one: a long name is the same name without its patronymic, its legal form, its misspelled word. Of three
 * words only the middle one may be wanting: first and family name must stand, and a record must be shorter. */
const aln_query_node *aln_plan_but_one(aln_planner *p, const aln_window *window, const aln_node_list *words);
/* The name of a body without one of its generic words, where another is left beside a word of its own: translations
 * leave one out (Mitsubishi Heavy Industries Marine Machinery & Equipment Co., Ltd., 三菱重工海洋机械株式会社). */
const aln_query_node *aln_plan_but_generic(aln_planner *p, const aln_node_list *parts, const aln_node_list *generic);
/* Two words of a text of three to six, of which one is rare: of a record that has no others. Spaniards have two family
 * names, and use one. */
const aln_query_node *aln_plan_two(aln_planner *p, const aln_window *window, const aln_node_list *words);
/* Of a long text two of each three words that follow one another: a record that has as many is the same text, spelled
 * by another system. All: NULL without failure where the text is too short. */
const aln_query_node *aln_plan_most(aln_planner *p, const aln_window *window, const aln_node_list *words);

/* What has the name of a body as an acronym, or an acronym's name. `words` are those that must match. NULL where there
 * is none, or on failure, which is recorded. query_acronym.c */
const aln_query_node *aln_plan_acronyms(aln_planner *p, const aln_window *window, const uint8_t *optional,
                                        size_t offset, const char *field, const aln_node_list *words);

/* Names of Japanese firms, query_japanese.c: the key of a Latin word that may be of one, into a list of alternatives
 * (0 = out of memory); the Latin words that a run of characters, units first to last - 1, may be; and the whole name of
 * a firm by its readings. NULL where there is none, or on failure, which is recorded. */
int aln_plan_japanese_key(aln_planner *p, const aln_unit *unit, size_t offset, const char *field,
                          aln_node_list *alternatives);
const aln_query_node *aln_plan_japanese_run(aln_planner *p, const aln_window *window, size_t first, size_t last,
                                            size_t offset, const char *field);
const aln_query_node *aln_plan_japanese_firm(aln_planner *p, const aln_window *window, const uint8_t *optional,
                                             size_t offset, const char *field);

/* A text that was written another way: for each byte, which bytes of the query it stands for. */
typedef struct aln_other_text {
    char *text;
    size_t *from, *to;
    size_t len, room;
} aln_other_text;

/* The text in the window, bytes start to end - 1 of the query, with its Arabic names of two words written as one
 * (Jamal al-Din, Jamaluddin), or with apart those of one as two. Of no bytes where it has none. query_arabic.c.
 * 0 = failure, recorded. */
int aln_plan_other_text(aln_planner *p, const aln_window *window, size_t start, size_t end, int apart,
                        aln_other_text *out);

/* Marks the Arabic articles in a text of Latin or Cyrillic letters, which need not match. */
void aln_mark_articles(const aln_window *window, uint8_t *optional);

/* Spellings of a word found in the index by the learned models: nodes with weights, to stand beside the word's own
 * terms. query_expand.c. 0 = failure, recorded. */
int aln_plan_expand(aln_planner *p, const aln_unit *unit, size_t offset, const char *field, aln_freedom freedom,
                    aln_node_list *alternatives);

/* How many documents have a stem; 0 where the vocabulary has it not. Returns 0 on failure, recorded. */
int aln_plan_documents(aln_planner *p, const char *stem, size_t len, uint32_t *documents);
/* The spellings of a text that a vocabulary has, by one model (see aln_translit_walk), with at least this confidence.
 * Needs a vocabulary. 0 = failure, recorded. */
int aln_plan_spellings(aln_planner *p, const aln_model *model, int to_latin, const char *text, size_t len, double least,
                       aln_candidate *out, size_t cap, size_t *count);
/* Weighs the Latin stems that a walk found for a word, at most ALN_STEMS_MAX, anew by the words of the vocabulary that
 * have them, and sorts them. Takes the look-ups off *left. query_attest.c. 0 or the vocabulary's code. */
#define ALN_STEMS_MAX 32
int aln_query_attest(const aln_model *model, const char *word, size_t len, const aln_vocabulary *vocabulary,
                     aln_translit_scratch *scratch, size_t *left, aln_candidate *found, size_t count);
/* How a model found a candidate for a word, to be kept with its term; the word is Latin unless to_latin. pivot: how the
 * query's word led to this one, or NULL. NULL = out of memory. */
const aln_spelling *aln_plan_found(aln_planner *p, const aln_model *model, int to_latin, const char *word, size_t len,
                                   const aln_candidate *found, double threshold, const aln_spelling *pivot);
/* The same for a word's Latin reading. */
const aln_spelling *aln_plan_read(aln_planner *p, const aln_model *model, const char *word, size_t len,
                                  const aln_reading *reading);
/* A spelling with the weight that its confidence gives it; NULL = out of memory. */
const aln_query_node *aln_plan_weighed(aln_planner *p, const aln_query_node *spelling);
/* The parts of a name written in one run as words of their own in Latin script: query_run.c. 0 = failure, recorded. */
int aln_plan_parts_of_run(aln_planner *p, const aln_unit *unit, size_t offset, const char *field,
                          aln_node_list *alternatives);
/* The Latin words of a text, but those left out (a byte for each unit), as one run in a script that writes names so.
 * NULL without failure if there is none. */
const aln_query_node *aln_plan_as_one_run(aln_planner *p, const aln_window *window, const uint8_t *left_out,
                                          size_t offset, const char *field);

#endif

/*
 * allonym export: the gazetteer as lists of synonyms, for engines where nothing can be loaded.
 *
 * An entity is a group of names. Formats that list equals write the group; those that map a name to another one, or to
 * a list, have room for one meaning of a name: there it belongs to the first entity that has it, in the order of
 * names/. Inhabitants and adjectives are left out, for a list of synonyms cannot tell them from the place, and so are
 * abbreviations of fewer than three letters: such engines fold capitals, and US would be "us". docs/export.md says how
 * each engine reads its file.
 *
 * SPDX-License-Identifier: MIT
 */
#include "export.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_BYTES 512
#define ABBREVIATION_LETTERS 3

typedef struct writer writer;
struct writer {
    const char *format, *summary;
    bool one_meaning; /* a name belongs to one entity only */
    void (*group)(const name_group *group, json_t *all);
    const char *head, *tail;
};

size_t fold_name(const char *text, size_t len, char *out, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0, end; i < len && n < cap; i = end) {
        for (end = i; end < len && text[end] != ' ';)
            end++;
        if (n && end > i && n < cap)
            out[n++] = ' ';
        if (end > i && n < cap) {
            size_t got = aln_fold(text + i, end - i, out + n, cap - n);
            n += got < cap - n ? got : cap - n;
        }
        end += end < len;
    }
    return n;
}

bool group_add(name_group *group, const char *text, size_t len)
{
    char folded[NAME_BYTES], other[NAME_BYTES];
    size_t n = fold_name(text, len, folded, sizeof folded);
    for (size_t i = 0; i < group->count; i++)
        if (fold_name(group->names[i], strlen(group->names[i]), other, sizeof other) == n &&
            memcmp(folded, other, n) == 0)
            return true;
    if (group->count == group->cap) {
        size_t cap = group->cap ? group->cap * 2 : 16;
        char **grown = realloc(group->names, cap * sizeof *grown);
        if (!grown)
            return false;
        group->names = grown;
        group->cap = cap;
    }
    char *copy = malloc(len + 1);
    if (!copy)
        return false;
    memcpy(copy, text, len);
    copy[len] = '\0';
    group->names[group->count++] = copy;
    return true;
}

static void group_clear(name_group *group)
{
    while (group->count)
        free(group->names[--group->count]);
}

/* ----------------------------------------------------------------- formats */

static void put_escaped(const char *text, const char *special)
{
    for (; *text; text++) {
        if (strchr(special, *text))
            putchar('\\');
        putchar(*text);
    }
}

/* Solr's synonyms.txt, which Elasticsearch and OpenSearch read as well: equals with commas. */
static void write_solr(const name_group *group, json_t *all)
{
    (void)all;
    for (size_t i = 0; i < group->count; i++) {
        fputs(i ? ", " : "", stdout);
        put_escaped(group->names[i], ",\\=>");
    }
    putchar('\n');
}

static bool is_ascii_mark(char c)
{
    return (unsigned char)c < 0x80 && !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
}

/* The words of a name without marks; how many there are. */
static size_t plain_words(const char *name, char out[NAME_BYTES])
{
    size_t words = 0, n = 0;
    int inside = 0;
    for (; *name && n + 2 < NAME_BYTES; name++) {
        int mark = is_ascii_mark(*name);
        if (!mark && !inside) {
            if (words++)
                out[n++] = ' ';
        }
        if (!mark)
            out[n++] = *name;
        inside = !mark;
    }
    out[n] = '\0';
    return words;
}

/* PostgreSQL's synonym dictionary: a word, and the lexeme that takes its place. */
static void write_syn(const name_group *group, json_t *all)
{
    char words[NAME_BYTES];
    (void)all;
    for (size_t i = 0; i < group->count; i++)
        if (plain_words(group->names[i], words) == 1 && strcmp(words, group->names[i]) == 0)
            printf("%s %s\n", words, group->id);
}

/* PostgreSQL's thesaurus: a phrase, and the lexeme, behind a star lest it be normalized. */
static void write_ths(const name_group *group, json_t *all)
{
    char words[NAME_BYTES];
    (void)all;
    for (size_t i = 0; i < group->count; i++)
        if (plain_words(group->names[i], words))
            printf("%s : *%s\n", words, group->id);
}

/* A name as terms are: folded, one space between words, hyphens being spaces. */
static size_t as_terms(const char *name, char out[NAME_BYTES])
{
    size_t n = fold_name(name, strlen(name), out, NAME_BYTES - 1);
    for (size_t i = 0; i < n; i++)
        if (out[i] == '-')
            out[i] = ' ';
    out[n] = '\0';
    return n;
}

/* Recoll's thesaurus: equals as its index has them, small and without marks; those of several words in quotes. */
static void write_recoll(const name_group *group, json_t *all)
{
    char terms[NAME_BYTES];
    (void)all;
    for (size_t i = 0; i < group->count; i++) {
        as_terms(group->names[i], terms);
        fputs(i ? " " : "", stdout);
        if (strpbrk(terms, " \"\\'")) {
            putchar('"');
            put_escaped(terms, "\"\\");
            putchar('"');
        } else {
            fputs(terms, stdout);
        }
    }
    putchar('\n');
}

/* Calls of Xapian's add_synonym(): from a name to each other one that is a term. */
static void write_xapian(const name_group *group, json_t *all)
{
    char from[NAME_BYTES], to[NAME_BYTES];
    (void)all;
    for (size_t i = 0; i < group->count; i++) {
        size_t n = as_terms(group->names[i], from);
        json_t *list = json_array();
        for (size_t k = 0; k < group->count; k++) {
            size_t m = as_terms(group->names[k], to);
            if (k != i && !strchr(to, ' '))
                json_array_append_new(list, json_stringn(to, m));
        }
        json_t *key = json_stringn(from, n);
        if (key && json_array_size(list)) { /* a string in JSON is one in Python */
            putchar('(');
            json_dumpf(key, stdout, JSON_ENCODE_ANY);
            fputs(", ", stdout);
            json_dumpf(list, stdout, 0);
            fputs("),\n", stdout);
        }
        json_decref(key);
        json_decref(list);
    }
}

/* Groonga's QueryExpanderTSV: a name, and the names to search for, itself among them; several words in quotes. */
static void write_groonga(const name_group *group, json_t *all)
{
    (void)all;
    for (size_t i = 0; i < group->count; i++) {
        fputs(group->names[i], stdout);
        for (size_t k = 0; k < group->count; k++) {
            const char *name = group->names[(i + k) % group->count];
            printf("\t\"");
            put_escaped(name, "\"\\");
            putchar('"');
        }
        putchar('\n');
    }
}

/* Manticore's wordforms: form > normal form. */
static void write_manticore(const name_group *group, json_t *all)
{
    char words[NAME_BYTES], normal[NAME_BYTES];
    (void)all;
    if (!plain_words(group->names[0], normal))
        return;
    for (size_t i = 1; i < group->count; i++)
        if (plain_words(group->names[i], words))
            printf("%s > %s\n", words, normal);
}

static json_t *names_but(const name_group *group, size_t but)
{
    json_t *list = json_array();
    for (size_t i = 0; i < group->count; i++)
        if (i != but)
            json_array_append_new(list, json_string(group->names[i]));
    return list;
}

/* Meilisearch's setting `synonyms`: an object of name to other names. */
static void write_meilisearch(const name_group *group, json_t *all)
{
    for (size_t i = 0; i < group->count; i++)
        json_object_set_new(all, group->names[i], names_but(group, i));
}

/* Typesense's synonyms: one object each, to be put to /collections/NAME/synonyms/ID. */
static void write_typesense(const name_group *group, json_t *all)
{
    json_t *object = json_pack("{s:s,s:o}", "id", group->id, "synonyms", names_but(group, SIZE_MAX));
    (void)all;
    json_dumpf(object, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(object);
}

static const writer writers[] = {
    {"solr", "synonyms.txt of Solr, Elasticsearch, OpenSearch", false, write_solr, NULL, NULL},
    {"postgresql-syn", "PostgreSQL's synonym dictionary (names of one word)", true, write_syn, NULL, NULL},
    {"postgresql-ths", "PostgreSQL's thesaurus dictionary", true, write_ths, NULL, NULL},
    {"recoll", "Recoll's thesaurus", false, write_recoll, NULL, NULL},
    {"xapian", "a Python program that calls add_synonym()", false, write_xapian,
     "#!/usr/bin/python3\n# usage: python3 FILE DB\nimport sys, xapian\nsynonyms = (\n",
     ")\ndb = xapian.WritableDatabase(sys.argv[1], xapian.DB_OPEN)\nfor name, others in synonyms:\n"
     "    for other in others:\n        db.add_synonym(name, other)\ndb.commit()\n"},
    {"groonga", "TSV of Groonga's QueryExpanderTSV", true, write_groonga, NULL, NULL},
    {"manticore", "wordforms of Manticore and Sphinx", true, write_manticore, NULL, NULL},
    {"meilisearch", "Meilisearch's setting synonyms (JSON)", true, write_meilisearch, NULL, NULL},
    {"typesense", "Typesense's synonyms (a JSON object a line)", false, write_typesense, NULL, NULL},
};

static void help(FILE *out)
{
    fputs("allonym export [OPTION...] FORMAT\n"
          "\n"
          "Writes the gazetteer as synonyms for another engine. FORMAT is one of:\n",
          out);
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
        fprintf(out, "  %-16s %s\n", writers[i].format, writers[i].summary);
    fputs("\n"
          "      --kinds K,K…             entities of these kinds only (country, capital, city, person, …)\n"
          "      --langs L,L…             names in these languages only\n"
          "      --ids ID,ID…             these entities only\n"
          "      --vocabulary DB          also the inflected forms that this index shows\n" NAME_OPTIONS_HELP,
          out);
}

/* Whether a list with commas is empty or has a word. */
static bool listed(const char *list, const char *word, size_t len)
{
    if (!list)
        return true;
    while (*list) {
        size_t n = strcspn(list, ",");
        if (n == len && memcmp(list, word, n) == 0)
            return true;
        list += n + (list[n] == ',');
    }
    return false;
}

/* ----------------------------------------------------------------- one meaning */

/* Names that belong to an entity already: a hash table of folded names. */
typedef struct name_set {
    char **slots;
    size_t size, count; /* size is a power of two */
} name_set;

static size_t slot_of(char *const *slots, size_t size, const char *name)
{
    size_t h = 14695981039346656037u & SIZE_MAX;
    for (const char *p = name; *p; p++)
        h = (h ^ (unsigned char)*p) * 1099511628211u;
    for (h &= size - 1; slots[h] && strcmp(slots[h], name) != 0; h = (h + 1) & (size - 1))
        ;
    return h;
}

/* 1 = new, 0 = there already, -1 = out of memory. */
static int set_add(name_set *set, const char *name)
{
    char folded[NAME_BYTES + 1];
    folded[fold_name(name, strlen(name), folded, NAME_BYTES)] = '\0';
    if ((set->count + 1) * 2 > set->size) {
        size_t size = set->size ? set->size * 2 : 1024;
        char **slots = calloc(size, sizeof *slots);
        if (!slots)
            return -1;
        for (size_t i = 0; i < set->size; i++)
            if (set->slots[i])
                slots[slot_of(slots, size, set->slots[i])] = set->slots[i];
        free(set->slots);
        set->slots = slots;
        set->size = size;
    }
    size_t at = slot_of(set->slots, set->size, folded);
    if (set->slots[at])
        return 0;
    size_t len = strlen(folded) + 1;
    if (!(set->slots[at] = malloc(len)))
        return -1;
    memcpy(set->slots[at], folded, len);
    set->count++;
    return 1;
}

/* Takes names that another entity has out of a group; false without memory. */
static bool keep_new(name_group *group, name_set *set)
{
    size_t kept = 0;
    bool good = true;
    for (size_t i = 0; i < group->count; i++) {
        int added = good ? set_add(set, group->names[i]) : -1;
        good = added >= 0;
        if (added == 1)
            group->names[kept++] = group->names[i];
        else
            free(group->names[i]);
    }
    group->count = kept;
    return good;
}

/* -------------------------------------------------------------------- run */

typedef struct {
    const char *kinds, *langs, *ids, *vocabulary;
    name_options names;
    const writer *writer;
} export_options;

/* Whether a name counts by its dates, as aln_options has it. */
static bool in_use(const aln_entity_name *name, const name_options *o)
{
    int year = o->as_of ? o->as_of : 9999;
    if (!o->as_of && o->names == ALN_NAMES_ALL)
        return true;
    for (uint32_t i = 0; i < name->period_count; i++)
        if (name->periods[i].from <= year && (!name->periods[i].to || year <= name->periods[i].to))
            return true;
    return !name->period_count && !(name->flags & ALN_NAME_HISTORIC);
}

static size_t letters(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

static bool gather(const aln_lexicon *lexicon, uint32_t entity, const export_options *o, const forms *f,
                   name_group *group)
{
    aln_entity_name name;
    for (uint32_t n = 0; aln_entity_name_at(lexicon, entity, n, &name) == ALN_OK; n++) {
        bool taken = listed(o->langs, name.language, strlen(name.language)) ||
                     listed(o->langs, name.language, strcspn(name.language, "-"));
        if (!taken || (name.flags & ALN_NAME_DEMONYM) || !in_use(&name, &o->names) ||
            ((name.flags & ALN_NAME_ABBREVIATION) && letters(name.text) < ABBREVIATION_LETTERS))
            continue;
        if (!group_add(group, name.text, strlen(name.text)))
            return false;
        if (f && !(name.flags & ALN_NAME_ABBREVIATION) && !forms_add(f, name.language, name.text, group))
            return false;
    }
    return true;
}

static int write_all(const export_options *o, const aln_lexicon *lexicon, const forms *f)
{
    name_group group = {NULL, NULL, 0, 0};
    name_set set = {NULL, 0, 0};
    json_t *all = o->writer->group == write_meilisearch ? json_object() : NULL;
    size_t written = 0;
    bool good = true;
    fputs(o->writer->head ? o->writer->head : "", stdout);
    for (uint32_t e = 0; e < aln_lexicon_count(lexicon) && good; e++) {
        const char *kind = aln_entity_kind(lexicon, e);
        group.id = aln_entity_id(lexicon, e);
        if (!kind || !listed(o->kinds, kind, strlen(kind)) || !listed(o->ids, group.id, strlen(group.id)))
            continue;
        good = gather(lexicon, e, o, f, &group) && (!o->writer->one_meaning || keep_new(&group, &set));
        /* one name is no synonym, but where it becomes an id */
        if (good && group.count > (o->writer->group == write_syn || o->writer->group == write_ths ? 0 : 1)) {
            o->writer->group(&group, all);
            written++;
        }
        group_clear(&group);
    }
    if (all) {
        json_dumpf(all, stdout, JSON_INDENT(1));
        putchar('\n');
    }
    fputs(o->writer->tail ? o->writer->tail : "", stdout);
    json_decref(all);
    group_clear(&group);
    free(group.names);
    for (size_t i = 0; i < set.size; i++)
        free(set.slots[i]);
    free(set.slots);
    if (!good)
        complain("out of memory");
    return !good ? FAILED : written ? DONE : NOTHING_FOUND;
}

/* 0 = go on, -1 = help was asked for, else the exit status */
static int read_options(int argc, char **argv, export_options *o)
{
    enum { KINDS = 256, LANGS, IDS, VOCABULARY, NAMES, AS_OF };
    static const struct option table[] = {
        {"kinds", required_argument, NULL, KINDS}, {"langs", required_argument, NULL, LANGS},
        {"ids", required_argument, NULL, IDS},     {"vocabulary", required_argument, NULL, VOCABULARY},
        {"names", required_argument, NULL, NAMES}, {"as-of", required_argument, NULL, AS_OF},
        {"help", no_argument, NULL, 'h'},          {NULL, 0, NULL, 0}};
    for (int c; (c = getopt_long(argc, argv, "h", table, NULL)) != -1;) {
        switch (c) {
        case KINDS:
            o->kinds = optarg;
            break;
        case LANGS:
            o->langs = optarg;
            break;
        case IDS:
            o->ids = optarg;
            break;
        case VOCABULARY:
            o->vocabulary = optarg;
            break;
        case NAMES:
        case AS_OF:
            if (!(c == NAMES ? read_names(optarg, &o->names) : read_as_of(optarg, &o->names)))
                return usage_error("export");
            break;
        case 'h':
            help(stdout);
            return -1;
        default:
            return usage_error("export");
        }
    }
    if (argc - optind != 1) {
        complain("export: one format is needed");
        return usage_error("export");
    }
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
        if (strcmp(writers[i].format, argv[optind]) == 0)
            o->writer = &writers[i];
    if (!o->writer) {
        complain("export: no such format: %s", argv[optind]);
        return usage_error("export");
    }
    return 0;
}

int command_export(int argc, char **argv)
{
    export_options o = {.names = {.names = ALN_NAMES_ALL}};
    int status = read_options(argc, argv, &o);
    if (status) {
        free_names(&o.names);
        return status < 0 ? DONE : status;
    }
    forms *f = NULL;
    aln_analyzer *analyzer = make_analyzer(&o.names);
    status = analyzer ? DONE : FAILED;
    if (analyzer && o.vocabulary && !(f = forms_read(o.vocabulary)))
        status = FAILED;
    if (status == DONE)
        status = write_all(&o, aln_analyzer_lexicon(analyzer), f);
    forms_free(f);
    aln_analyzer_free(analyzer);
    free_names(&o.names);
    return status;
}

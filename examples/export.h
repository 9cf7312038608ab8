/*
 * allonym export: a group of names as all writers get it, and the inflected forms that an index shows.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_EXPORT_H
#define ALLONYM_EXPORT_H

#include "command.h"

/* The names of one entity, each once, the usual one first. */
typedef struct name_group {
    const char *id;
    char **names; /* UTF-8, as people write them; owned */
    size_t count, cap;
} name_group;

/* Adds a name unless the group has it, letters' case aside; false without memory. */
bool group_add(name_group *group, const char *text, size_t len);

/* A name as engines compare it: words folded, one space between them. Returns the bytes, at most cap. */
size_t fold_name(const char *text, size_t len, char *out, size_t cap);

/* The words of an index by their stems in each of its languages. */
typedef struct forms forms;
/* Reads the vocabulary of a database; complains. NULL on failure. */
forms *forms_read(const char *path);
/* Adds to a group the forms that the index has of a name of one word in a language; false without memory. */
bool forms_add(const forms *f, const char *language, const char *name, name_group *group);
void forms_free(forms *f);

#endif

/*
 * allonym_bm25(): BM25 with the constants that suit news, as an auxiliary function of FTS5.
 *
 * FTS5's own bm25() has k1 = 1.2 and b = 0.75. News items are of one length, and a name said twice is not said twice as
 * much: k1 = 0.5 and b = 0.25 rank names better (docs/ranking.md). Arguments are weights of columns, as bm25()'s.
 *
 * S. Robertson, H. Zaragoza: The Probabilistic Relevance Framework: BM25 and Beyond (2009).
 *
 * SPDX-License-Identifier: MIT
 */
#include "module.h"
#include <math.h>
#include <string.h>

SQLITE_EXTENSION_INIT3

#define K1 0.5
#define B 0.25

/* What does not change from row to row of one query. */
typedef struct statistics {
    int phrases;
    double average; /* words of a row */
    double *idf;    /* of each phrase */
    double *freq;   /* in the row at hand */
} statistics;

static int count_row(const Fts5ExtensionApi *api, Fts5Context *fts, void *rows)
{
    (void)api;
    (void)fts;
    ++*(sqlite3_int64 *)rows;
    return SQLITE_OK;
}

static int read_statistics(const Fts5ExtensionApi *api, Fts5Context *fts, statistics **out)
{
    statistics *s = api->xGetAuxdata(fts, 0);
    sqlite3_int64 rows = 0, words = 0;
    int phrases = api->xPhraseCount(fts), rc = SQLITE_OK;
    *out = s;
    if (s)
        return SQLITE_OK;
    s = sqlite3_malloc64(sizeof *s + 2 * (size_t)phrases * sizeof *s->idf);
    if (!s)
        return SQLITE_NOMEM;
    s->phrases = phrases;
    s->idf = (double *)(void *)(s + 1);
    s->freq = s->idf + phrases;
    rc = api->xRowCount(fts, &rows);
    if (!rc)
        rc = api->xColumnTotalSize(fts, -1, &words);
    s->average = rows ? (double)words / (double)rows : 1;
    for (int i = 0; i < phrases && !rc; i++) {
        sqlite3_int64 hits = 0;
        rc = api->xQueryPhrase(fts, i, &hits, count_row);
        /* never negative: a word that most rows have still tells more than none */
        double idf = log(((double)(rows - hits) + 0.5) / ((double)hits + 0.5));
        s->idf[i] = idf > 1e-6 ? idf : 1e-6;
    }
    if (!rc)
        rc = api->xSetAuxdata(fts, s, sqlite3_free); /* frees it also when it fails */
    else
        sqlite3_free(s);
    *out = rc ? NULL : s;
    return rc;
}

static void rank(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context, int count,
                 sqlite3_value **values)
{
    statistics *s = NULL;
    int hits = 0, words = 0;
    int rc = read_statistics(api, fts, &s);
    if (!rc) {
        memset(s->freq, 0, (size_t)s->phrases * sizeof *s->freq);
        rc = api->xInstCount(fts, &hits);
    }
    for (int i = 0; i < hits && !rc; i++) {
        int phrase = 0, column = 0, offset = 0;
        rc = api->xInst(fts, i, &phrase, &column, &offset);
        if (!rc)
            s->freq[phrase] += column < count ? sqlite3_value_double(values[column]) : 1.0;
    }
    if (!rc)
        rc = api->xColumnSize(fts, -1, &words);
    if (rc) {
        sqlite3_result_error_code(context, rc);
        return;
    }
    double score = 0, length = s->average > 0 ? (double)words / s->average : 1;
    for (int i = 0; i < s->phrases; i++)
        score += s->idf[i] * s->freq[i] * (K1 + 1) / (s->freq[i] + K1 * (1 - B + B * length));
    sqlite3_result_double(context, -score); /* the best is the smallest, so that ORDER BY rank works */
}

int aln_sqlite_register_rank(aln_sqlite *state, fts5_api *api)
{
    (void)state;
    return api->xCreateFunction(api, "allonym_bm25", NULL, rank, NULL);
}

/*
 * The rows of a model by their Latin chunk.
 *
 * A model lists its rows by the chunk of the other side. A Latin word asks for them by its own chunks, of each model in
 * turn; to look through all rows each time takes longer than the words of most scripts. So a model's rows are sorted
 * the other way round when it is first asked for, which takes as long as looking through them a few times. The models
 * themselves would grow by three quarters.
 *
 * SPDX-License-Identifier: MIT
 */
#include "translit_internal.h"
#include <string.h>

/* A counting sort. What a chunk's rows end at becomes what they begin at, as they are put there from the last on. */
static void sort_rows(aln_tr_reverses *r, const aln_tr_reversed *to, aln_tr_lists *lists, const aln_model *m)
{
    uint16_t *first = r->first + to->first;
    const aln_tr_places places = aln_tr_places_of(lists, m, 1);
    memset(first, 0, (m->e_chunks + 1) * sizeof(*first));
    for (uint32_t i = 0; i < m->row_count; i++)
        first[aln_tr_find(lists, &places, m->rows[i] >> 8)]++;
    for (uint32_t e = 0; e < m->e_chunks; e++)
        first[e + 1] = (uint16_t)(first[e + 1] + first[e]);
    for (uint32_t x = m->x_chunks; x-- > 0;)
        for (uint32_t i = m->x_first[x + 1]; i-- > m->x_first[x];) {
            uint32_t at = to->row + --first[aln_tr_find(lists, &places, m->rows[i] >> 8)];
            r->chunk[at] = (uint16_t)x;
            r->cost[at] = (uint8_t)(m->rows[i] & 0xFF);
        }
}

aln_tr_reversed aln_tr_reverse(aln_tr_reverses *r, aln_tr_lists *lists, const aln_model *m)
{
    for (uint32_t i = 0; i < r->count; i++)
        if (r->model[i].rows == m->rows)
            return r->model[i];
    /* there is room for all models with another script; else all begins anew */
    if (r->count == ALN_TR_REVERSED || r->chunks + m->e_chunks + 1 > ALN_TR_REVERSED_CHUNKS ||
        r->rows + m->row_count > ALN_TR_REVERSED_ROWS)
        r->count = 0;
    if (!r->count)
        r->chunks = r->rows = 0;
    aln_tr_reversed *to = &r->model[r->count++];
    *to = (aln_tr_reversed){m->rows, r->chunks, r->rows};
    r->chunks += m->e_chunks + 1;
    r->rows += m->row_count;
    sort_rows(r, to, lists, m);
    return *to;
}

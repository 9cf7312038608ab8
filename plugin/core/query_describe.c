/*
 * A query plan as text: Xapian's way of printing, so that it reads familiar.
 *
 * SPDX-License-Identifier: MIT
 */
#include <allonym/allonym.h>
#include <stdarg.h>
#include <stdio.h>

typedef struct writer {
    char *buf;
    size_t cap, len;
} writer;

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void
put(writer *w, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    size_t room = w->len < w->cap ? w->cap - w->len : 0;
    int n = vsnprintf(room ? w->buf + w->len : NULL, room, format, args);
    va_end(args);
    if (n > 0)
        w->len += (size_t)n;
}

static void describe(writer *w, const aln_query_node *node)
{
    static const char *const names[] = {"NOTHING", "ALL",       "TERM",   "AND",  "OR",    "MAX",    "SYNONYM",
                                        "AND_NOT", "AND_MAYBE", "PHRASE", "NEAR", "SCALE", "FILTER", "RANGE"};
    static const char *const kinds[] = {"", "stem:", "key:", "id:"};
    switch (node->op) {
    case ALN_Q_TERM:
        put(w, "%s%s%s%s", node->field ? node->field : "", node->field ? "." : "", kinds[node->kind], node->text);
        return;
    case ALN_Q_FILTER:
        put(w, "%s=%s", node->field, node->text);
        return;
    case ALN_Q_RANGE:
        put(w, "%s=%s..%s", node->field, node->text, node->text2);
        return;
    case ALN_Q_NOTHING:
    case ALN_Q_ALL:
        put(w, "%s", names[node->op]);
        return;
    case ALN_Q_SCALE:
        put(w, "%.2g*", node->weight);
        describe(w, node->children[0]);
        return;
    default:
        break;
    }
    put(w, "(");
    for (uint32_t i = 0; i < node->count; i++) {
        if (i) {
            put(w, " %s", names[node->op]);
            if (node->window)
                put(w, "/%u", (unsigned)node->window);
            put(w, " ");
        }
        describe(w, node->children[i]);
    }
    put(w, ")");
}

size_t aln_query_describe(const aln_query_node *plan, char *buf, size_t cap)
{
    writer w = {buf, cap, 0};
    if (cap)
        buf[0] = 0;
    if (plan)
        describe(&w, plan);
    return w.len;
}

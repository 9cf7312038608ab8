/*
 * Words cut and looked up: what analysis could come to if nothing else had to be done. See memo_loop.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "memo_loop.h"
#include "analyzer.h"

aln_status memo_loop(aln_analyzer *analyzer, const char *language, const char *text, size_t len, size_t *words)
{
    aln_scan_options options = {ALN_NO_LANGUAGE, NULL, 0, 0, ALN_NAMES_OFF, 0};
    options.language = aln_text_language(analyzer, language, text, len);
    for (size_t pos = 0; pos < len;) {
        aln_status status = aln_scan(&analyzer->memo, text, len, &pos, &options, &analyzer->window);
        if (status != ALN_OK)
            return status;
        *words += analyzer->window.unit_count;
    }
    return ALN_OK;
}

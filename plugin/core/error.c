/*
 * Status codes as text. See allonym.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "error.h"
#include <stdarg.h>
#include <stdio.h>

aln_status aln_fail(aln_error *err, aln_status code, size_t line, const char *format, ...)
{
    if (err) {
        va_list args;
        va_start(args, format);
        err->code = code;
        err->line = line;
        vsnprintf(err->message, sizeof err->message, format, args);
        va_end(args);
    }
    return code;
}

unsigned aln_abi_version(void)
{
    return ALN_ABI_VERSION;
}

const char *aln_version(void)
{
    return ALN_VERSION;
}

const char *aln_strerror(int code)
{
    switch (code) {
    case ALN_OK:
        return "done";
    case ALN_STOP:
        return "ended early by the caller";
    case ALN_ENOMEM:
        return "out of memory";
    case ALN_EINVAL:
        return "invalid argument";
    case ALN_EUNKNOWN:
        return "unknown name";
    case ALN_EDATA:
        return "malformed data";
    case ALN_ELIMIT:
        return "limit passed";
    case ALN_EIO:
        return "read or write error";
    case ALN_EMISMATCH:
        return "the index was written by another version of the analyzer";
    case ALN_ELOCKED:
        return "another process is writing the database";
    case ALN_ENOTFOUND:
        return "not found";
    case ALN_ESYNTAX:
        return "malformed query";
    case ALN_EENGINE:
        return "the engine failed";
    default:
        return code > 0 ? "ended by a callback" : "unknown status";
    }
}

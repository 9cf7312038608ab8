/**
 * @file status.h
 * @brief The result codes that every allonym library returns.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_STATUS_H
#define ALLONYM_STATUS_H

#if defined(__GNUC__)
#define ALN_API __attribute__((visibility("default")))
#else
#define ALN_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Result of a call. Library codes are negative, so that a host's own positive codes pass through callbacks unchanged.
 *  @since 0.1.0 */
typedef enum aln_status {
    ALN_OK = 0,          /**< done */
    ALN_STOP = -1,       /**< returned by a callback only: end early, which is no error */
    ALN_ENOMEM = -2,     /**< the allocator gave no memory */
    ALN_EINVAL = -3,     /**< an argument is outside of what the function documents */
    ALN_EUNKNOWN = -4,   /**< no such language, stemmer, option or field */
    ALN_EDATA = -5,      /**< a data file is malformed; the message names file and line */
    ALN_ELIMIT = -6,     /**< a documented limit was passed */
    ALN_EIO = -7,        /**< a file or a database could not be read or written */
    ALN_EMISMATCH = -8,  /**< the index was written by an analyzer of another fingerprint */
    ALN_ELOCKED = -9,    /**< another process is writing the database */
    ALN_ENOTFOUND = -10, /**< there is no such database or document */
    ALN_ESYNTAX = -11,   /**< the query is malformed; the message says where */
    ALN_EENGINE = -12    /**< the engine below failed; the message is its own */
} aln_status;

#ifdef __cplusplus
}
#endif
#endif

/*
 * Threads that work on jobs, whose results are taken in the order in which the jobs were given.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_POOL_H
#define ALLONYM_POOL_H

#include <stdbool.h>
#include <stddef.h>

typedef struct pool pool;

/* Does a job; worker counts the threads from 0, so that each can have tools of its own. */
typedef void (*pool_work)(void *ctx, size_t worker, void *job);

/* At most room jobs are in hand, done or not. 0 threads: a job is done while it is given. NULL on failure. */
pool *pool_new(size_t threads, size_t room, pool_work work, void *ctx);
bool pool_full(const pool *p);
bool pool_empty(const pool *p);
/* The pool must not be full. */
void pool_give(pool *p, void *job);
/* The oldest job, when it is done; NULL where none is in hand. */
void *pool_take(pool *p);
/* Waits for the jobs in hand, which the caller should have taken. NULL is fine. */
void pool_free(pool *p);

#endif

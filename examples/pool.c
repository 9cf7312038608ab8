/*
 * A ring of jobs: threads begin them from the front, one after the other; the owner takes them from the back, in the
 * same order, whichever was done first. One lock for all, as a job is a matter of milliseconds at least.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "pool.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct {
    void *job;
    bool done;
} slot;

typedef struct {
    pool *owner;
    size_t number;
    pthread_t thread;
} worker;

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t given, done;
    slot *ring;
    size_t room;
    uint64_t first, begun, last; /* jobs taken, begun and given so far; a job's slot is its number modulo room */
    bool ending;
    pool_work work;
    void *ctx;
    worker *workers;
    size_t threads;
};

static void *run(void *argument)
{
    worker *w = argument;
    pool *p = w->owner;
    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (p->begun == p->last && !p->ending)
            pthread_cond_wait(&p->given, &p->lock);
        if (p->begun == p->last)
            break;
        slot *s = &p->ring[p->begun++ % p->room];
        pthread_mutex_unlock(&p->lock);
        p->work(p->ctx, w->number, s->job);
        pthread_mutex_lock(&p->lock);
        s->done = true;
        pthread_cond_signal(&p->done);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

pool *pool_new(size_t threads, size_t room, pool_work work, void *ctx)
{
    pool *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->given, NULL);
    pthread_cond_init(&p->done, NULL);
    p->room = room ? room : 1;
    p->work = work;
    p->ctx = ctx;
    p->ring = calloc(p->room, sizeof *p->ring);
    p->workers = calloc(threads ? threads : 1, sizeof *p->workers);
    bool good = p->ring && p->workers;
    for (size_t i = 0; i < threads && good; i++) {
        p->workers[i].owner = p;
        p->workers[i].number = i;
        good = pthread_create(&p->workers[i].thread, NULL, run, &p->workers[i]) == 0;
        p->threads += good;
    }
    if (good)
        return p;
    pool_free(p);
    return NULL;
}

/* What the owner reads without the lock only the owner writes. */
bool pool_full(const pool *p)
{
    return p->last - p->first == p->room;
}

bool pool_empty(const pool *p)
{
    return p->last == p->first;
}

void pool_give(pool *p, void *job)
{
    if (!p->threads) {
        p->ring[p->last++ % p->room] = (slot){job, true};
        p->begun++;
        p->work(p->ctx, 0, job);
        return;
    }
    pthread_mutex_lock(&p->lock);
    p->ring[p->last++ % p->room] = (slot){job, false};
    pthread_cond_signal(&p->given);
    pthread_mutex_unlock(&p->lock);
}

void *pool_take(pool *p)
{
    if (p->first == p->last)
        return NULL;
    pthread_mutex_lock(&p->lock);
    slot *s = &p->ring[p->first % p->room];
    while (!s->done)
        pthread_cond_wait(&p->done, &p->lock);
    p->first++;
    pthread_mutex_unlock(&p->lock);
    return s->job;
}

void pool_free(pool *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->ending = true;
    pthread_cond_broadcast(&p->given);
    pthread_mutex_unlock(&p->lock);
    for (size_t i = 0; i < p->threads; i++)
        pthread_join(p->workers[i].thread, NULL);
    pthread_cond_destroy(&p->done);
    pthread_cond_destroy(&p->given);
    pthread_mutex_destroy(&p->lock);
    free(p->workers);
    free(p->ring);
    free(p);
}

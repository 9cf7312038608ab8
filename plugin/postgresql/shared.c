/*
 * Memory in which all backends remember words for one another: allonym.shared_memory. Only a server that loads the
 * module before it forks has it (shared_preload_libraries): it is asked for before the server's shared memory is made,
 * and words in it point to the module's static data, which has to be at one place in all backends.
 *
 * After a backend has crashed the server makes its shared memory anew, and this with it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "backend.h"

#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/lwlock.h"
#include "storage/shmem.h"
#include "utils/guc.h"

/* Room for the distinct words of some hundred thousand items of news. */
#define SHARED_MEMORY (32 << 10)

static int shared_setting;
static void *shared;
static shmem_request_hook_type request_before;
static shmem_startup_hook_type startup_before;

static Size shared_bytes(void)
{
    return (Size)shared_setting << 10;
}

static void request(void)
{
    if (request_before)
        request_before();
    if (shared_setting)
        RequestAddinShmemSpace(MAXALIGN(shared_bytes()));
}

static void startup(void)
{
    bool found;
    if (startup_before)
        startup_before();
    shared = NULL;
    if (!shared_setting)
        return;
    LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
    shared = ShmemInitStruct("allonym words", shared_bytes(), &found);
    if (!found)
        memset(shared, 0, shared_bytes());
    LWLockRelease(AddinShmemInitLock);
}

void aln_pg_shared_init(void)
{
    DefineCustomIntVariable("allonym.shared_memory",
                            "How much memory all backends use to remember words for one another.",
                            "0 is none. What is remembered need not be analyzed again by any backend.", &shared_setting,
                            SHARED_MEMORY, 0, 1 << 21, PGC_POSTMASTER, GUC_UNIT_KB, NULL, NULL, NULL);
    request_before = shmem_request_hook;
    shmem_request_hook = request;
    startup_before = shmem_startup_hook;
    shmem_startup_hook = startup;
}

void *aln_pg_shared_memo(size_t *bytes)
{
    *bytes = shared ? shared_bytes() : 0;
    return shared;
}

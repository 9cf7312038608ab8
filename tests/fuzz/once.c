/*
 * Runs a fuzzer as a plain program: over each file of the folder argv[1] as it is, then over pieces and mutations of
 * it, from a printed seed.
 *
 * SPDX-License-Identifier: MIT
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SIZE_MAX_READ = 1 << 16, MUTATIONS = 40 };

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* An exact copy on the heap, so that a sanitizer sees a read behind its end. */
static void run(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy)
        abort();
    memcpy(copy, data, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

int main(int argc, char **argv)
{
    static uint8_t data[SIZE_MAX_READ], changed[SIZE_MAX_READ];
    uint32_t seed = 20240615u;
    unsigned files = 0;
    DIR *dir = argc > 1 ? opendir(argv[1]) : NULL;
    if (!dir) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    printf("seed %u\n", (unsigned)seed);
    for (struct dirent *e; (e = readdir(dir)) != NULL;) {
        char path[1024];
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", argv[1], e->d_name);
        FILE *f = fopen(path, "rb");
        if (!f) {
            fprintf(stderr, "%s: cannot be opened\n", path);
            return 2;
        }
        size_t size = fread(data, 1, sizeof data, f);
        fclose(f);
        files++;
        run(data, size);
        for (unsigned i = 0; i < MUTATIONS && size; i++) {
            memcpy(changed, data, size);
            for (unsigned k = next_random(&seed) % 8; k > 0; k--)
                changed[next_random(&seed) % size] = (uint8_t)next_random(&seed);
            run(changed, 1 + next_random(&seed) % size);
        }
    }
    closedir(dir);
    printf("%u files\n", files);
    return files ? 0 : 1;
}

/*
 * A program that opens a database: allonym/xapian.h alone, without libxapian's headers.
 * SPDX-License-Identifier: MIT
 */
#include <allonym/xapian.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    aln_xapian *db;
    aln_xapian_counts counts;
    aln_error error;
    if (aln_xapian_open(argc > 1 ? argv[1] : "/no/such/database", ALN_XAPIAN_READ, NULL, &db, &error) != ALN_OK ||
        aln_xapian_count(db, &counts, &error) != ALN_OK) {
        fprintf(stderr, "%s\n", error.message);
        return error.code == ALN_ENOTFOUND ? 0 : 1;
    }
    printf("%u documents\n", (unsigned)counts.documents);
    aln_xapian_close(db);
    return 0;
}

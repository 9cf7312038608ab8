// The public headers in C++.
// SPDX-License-Identifier: MIT
#include <allonym/allonym.h>
#include <allonym/stemmer.h>
#include <cstdio>

int main()
{
    aln_options options = ALN_OPTIONS_INIT;
    aln_query_options query = ALN_QUERY_OPTIONS_INIT;
    aln_hook hook = ALN_HOOK_INIT;
    std::printf("%s %zu\n", aln_version(), options.struct_size + query.struct_size + hook.struct_size);
    return aln_abi_version() == ALN_ABI_VERSION ? 0 : 1;
}

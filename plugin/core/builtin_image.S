/*
 * The compiled gazetteer as a section of the library: mapped and shared by all processes that load it, no file beside it.
 * ALN_IMAGE_FILE is the output of the compile_names program.
 *
 * SPDX-License-Identifier: MIT
 */
    .section .rodata
    .balign 64
    .hidden aln_builtin_image_data
    .globl aln_builtin_image_data
    .type aln_builtin_image_data, %object
aln_builtin_image_data:
    .incbin ALN_IMAGE_FILE
    .size aln_builtin_image_data, . - aln_builtin_image_data
    .section .note.GNU-stack, "", %progbits

#!/usr/bin/python3
"""allonym's stemmers for Xapian programs in Python:  xapian_stem.py kk қазақстанда  prints the stem.
In a program: generator.set_stemmer(xapian.Stem(Stem("kk"))), and the same for the query parser.
SPDX-License-Identifier: GPL-2.0-or-later"""
import ctypes, os, sys, xapian

_lib = ctypes.CDLL(os.environ.get("ALLONYM_STEMMER", "liballonym-stemmer.so.1"))
_lib.aln_stemmer_free.argtypes = [ctypes.c_void_p]
_lib.aln_stemmer_stem.restype = ctypes.c_size_t
_lib.aln_stemmer_stem.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t]

class Stem(xapian.StemImplementation):
    def __init__(self, language):
        super().__init__()
        self.language, self.free, self.stemmer = language, _lib.aln_stemmer_free, ctypes.c_void_p()
        if _lib.aln_stemmer_new(language.encode(), ctypes.byref(self.stemmer)):
            raise ValueError("allonym has no stemmer of this language: " + language)
    def __del__(self):
        self.free(self.stemmer)
    def __call__(self, word):
        word = word.encode() if isinstance(word, str) else word
        stem = ctypes.create_string_buffer(len(word) + 16)  # ALN_STEM_SLACK
        n = _lib.aln_stemmer_stem(self.stemmer, word, len(word), stem, len(stem))
        return stem.raw[:n].decode()
    def __str__(self):
        return f"allonym.Stem({self.language})"

if __name__ == "__main__":
    print(Stem(sys.argv[1])(sys.argv[2]))

"""The entities that a text names, through ctypes: ctypes_entities.py TEXT [LIBRARY]. SPDX-License-Identifier: MIT"""
import sys
from ctypes import CDLL, CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_int, c_size_t, c_uint32, c_void_p, string_at


class Token(Structure):  # aln_token of allonym.h; it grows at the end only
    _fields_ = [("kind", c_int), ("text", c_void_p), ("text_len", c_size_t), ("start", c_size_t), ("end", c_size_t),
                ("position", c_uint32), ("span", c_uint32), ("flags", c_uint32), ("entity", c_uint32),
                ("script", c_char_p), ("language", c_char_p), ("rule", c_char_p)]


text = sys.argv[1].encode()  # offsets are bytes of this
aln = CDLL(sys.argv[2] if len(sys.argv) > 2 else "liballonym.so.1")
aln.aln_strerror.restype = c_char_p
lexicon, analyzer = c_void_p(), c_void_p()


@CFUNCTYPE(c_int, c_void_p, POINTER(Token))
def print_entity(_, token):
    t = token.contents
    if t.kind == 3:  # ALN_TERM_ENTITY
        print(text[t.start:t.end].decode(), string_at(t.text, t.text_len).decode(), sep="\t")
    return 0  # go on


code = aln.aln_lexicon_open(None, None, byref(lexicon), None) or aln.aln_analyzer_new(lexicon, None, byref(analyzer), None)
code = code or aln.aln_analyze(analyzer, None, text, c_size_t(len(text)), print_entity, None)
aln.aln_analyzer_free(analyzer)
aln.aln_lexicon_unref(lexicon)
sys.exit(aln.aln_strerror(code).decode() if code else 0)

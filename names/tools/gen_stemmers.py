#!/usr/bin/env python3
"""Makes stemmer/gen/registry.c of stemmer/stemmers.tsv, and stemmer/gen/suffix_*.c of stemmer/rules/suffix/*.tsv.

Usage: gen_stemmers.py STEMMER_DIR

A file of suffix rules (docs/stemmers-slavic.md) has, separated by tabs:
    class NAME LETTERS        a set of letters, named by one capital ASCII letter
    def   NAME SUFFIXES       a list of suffixes, to be used as $NAME
    map   LETTER LETTER       the first is written as the second before any rule; ^LETTER at the beginning of the word,
                              where - as the second drops a prefix
    step  NAME NEXT           the rules that follow belong to this step; NEXT, if given, is their default
    SUFFIXES PUT MIN BEFORE NEXT    a rule; later columns may be left out
SUFFIXES are separated by blanks; a|b means: b after a, and only b is removed; (a,b)|c is a|c and b|c; $NAME stands for each suffix of
that list; 0 is the empty suffix. PUT replaces them ("-" for nothing). MIN is the number of letters that must remain (3). BEFORE
describes the last letters of what remains: class names, [letters], [^letters], and ^ for the beginning of the word. NEXT is the
step to go on with, "end" for none; the following one if left out.

SPDX-License-Identifier: MIT
"""
import os
import re
import sys

END = 0xFF


class BadLine(Exception):
    pass


def c_string(data):
    """A C string literal of bytes; escapes keep the file ASCII, and the break after each keeps hex escapes apart."""
    return '"' + "".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else "\\%03o" % b for b in data) + '"'


def wrap(items, per_line):
    return "".join("    " + " ".join(items[i:i + per_line]) + "\n" for i in range(0, len(items), per_line))


def rows(path):
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if line.strip() and not line.startswith("#"):
                yield number, line.split("\t")


class Table:
    """Rules of one language, and their compiled form."""

    def __init__(self):
        self.classes, self.defs, self.steps, self.step_names = {}, {}, [], []
        self.maps = []
        self.sets = {}  # frozenset of letters, negated -> bit

    def expand(self, field):
        """Pairs (context, suffix) of a SUFFIXES field."""
        for token in field.split():
            context, bar, suffix = token.rpartition("|")
            contexts = context[1:-1].split(",") if context.startswith("(") else [context]
            match = re.fullmatch(r"([^$]*)\$(\w+)", suffix)
            if match and match[2] not in self.defs:
                raise BadLine("unknown list $" + match[2])
            suffixes = [match[1] + s for s in self.defs[match[2]]] if match else [suffix]
            for head in contexts:
                for tail in suffixes:
                    yield head, tail.replace("0", "")

    def parse_before(self, text):
        """Bits of the sets, from the last letter backwards; 0 is the beginning of the word."""
        out = []
        for item in re.findall(r"\[\^?[^\]]+\]|.", text):
            if item == "^":
                out.append(None)
                continue
            negated = item.startswith("[^")
            letters = item.strip("[]^")
            letters = "".join(self.classes.get(c, c) for c in letters)
            if len(letters) == 1 and letters.isascii() and letters.isupper():
                raise BadLine("unknown class " + letters)
            out.append(self.sets.setdefault((frozenset(letters), negated), len(self.sets)))
        return tuple(reversed(out))

    def read(self, path):
        for number, cols in rows(path):
            try:
                self.line(cols)
            except (BadLine, ValueError, KeyError, IndexError) as error:
                sys.exit("%s:%d: %s" % (path, number, error))
        for step in self.steps:
            for rule in step:
                if rule["next"] in self.step_names:
                    rule["next"] = self.step_names.index(rule["next"])
                elif rule["next"] == "end":
                    rule["next"] = END
                elif rule["next"]:
                    sys.exit("%s: unknown step %s" % (path, rule["next"]))
        for number, step in enumerate(self.steps):
            for rule in step:
                if rule["next"] == "":
                    rule["next"] = number + 1
                if rule["next"] <= number:
                    sys.exit("%s: step %s goes back" % (path, self.step_names[number]))
        if len(self.sets) > 32:
            sys.exit("%s: more than 32 sets of letters" % path)

    def line(self, cols):
        if cols[0] == "class":
            self.classes[cols[1]] = cols[2]
        elif cols[0] == "def":
            self.defs[cols[1]] = [c + s for c, s in self.expand(cols[2])]
        elif cols[0] == "map":
            source, target = cols[1].lstrip("^"), cols[2].strip("-")
            if not 0 < len(source.encode()) < 4 or len(target.encode()) > 3:
                raise BadLine("a map is of three bytes to three bytes at most")
            self.maps.append((source, target, int(cols[1].startswith("^"))))
        elif cols[0] == "step":
            self.step_names.append(cols[1])
            self.default_next = cols[2] if len(cols) > 2 else ""
            self.steps.append([])
        else:
            cols = cols + [""] * (5 - len(cols))
            if len(cols) > 5:
                raise BadLine("too many columns")
            for context, suffix in self.expand(cols[0]):
                self.steps[-1].append({
                    "key": context + suffix, "suffix": suffix, "put": "" if cols[1] in ("", "-") else cols[1],
                    "min": max(0, int(cols[2] or 3) - len(context)) + len(context),
                    "before": self.parse_before(cols[3]), "context": len(context), "next": cols[4] or self.default_next})

    def compile(self, name, source):
        """C text. BEFORE is matched before the context, so the context's own letters become sets that hold any letter: they are
        spared by putting the context back as part of the replacement instead."""
        nodes, rules, sets, pool, roots = [], [], [], b"", []
        set_at = {}
        for step in self.steps:
            trie = {"children": {}, "rules": []}
            for rule in step:
                node = trie
                for byte in reversed(rule["key"].encode()):
                    node = node["children"].setdefault(byte, {"children": {}, "rules": []})
                node["rules"].append(rule)
            roots.append(len(nodes))
            queue = [(trie, 0)]
            nodes.append(None)
            base = roots[-1]
            while queue:  # breadth first: children of a node lie side by side
                node, byte = queue.pop(0)
                first = len(nodes)
                nodes.extend([None] * len(node["children"]))
                first_rule = len(rules)
                for rule in node["rules"]:
                    context = rule["key"][:len(rule["key"]) - len(rule["suffix"])]
                    put = (context + rule["put"]).encode()
                    at = pool.find(put)
                    if at < 0:
                        at, pool = len(pool), pool + put
                    masks = tuple(0 if b is None else 1 << b for b in rule["before"])
                    if masks not in set_at:
                        set_at[masks] = len(sets)
                        sets.extend(masks)
                    rules.append("{%d, %d, %d, %d, %d, %d, %d, %d, %d}," % (
                        len(rule["key"].encode()), len(rule["key"]), max(0, rule["min"] - len(context)), len(put),
                        len(context + rule["put"]), len(masks), rule["next"], at, set_at[masks]))
                nodes[base] = "{%d, %d, %d, %d, %d}," % (byte, len(node["children"]), len(node["rules"]),
                                                          first if node["children"] else 0,
                                                          first_rule if node["rules"] else 0)
                base = base + 1
                queue.extend((node["children"][b], b) for b in sorted(node["children"]))
            assert base == len(nodes)
        letters = sorted({c for chars, _ in self.sets for c in chars})
        low, high = (ord(letters[0]), ord(letters[-1])) if letters else (0, -1)
        masks = [sum(1 << bit for (chars, negated), bit in self.sets.items() if (chr(c) in chars) != negated)
                 for c in range(low, high + 1)]
        other = sum(1 << bit for (_, negated), bit in self.sets.items() if negated)
        ident = name.replace("-", "_")
        out = "/* generated by gen_stemmers.py from %s */\n#include \"../suffix.h\"\n\n" % source
        out += "static const aln_suffix_node nodes[] = {\n%s};\n\n" % wrap(nodes, 4)
        out += "static const aln_suffix_rule rules[] = {\n%s};\n\n" % wrap(rules, 3)
        out += "static const uint16_t roots[] = {%s};\n\n" % ", ".join(map(str, roots))
        out += "static const uint32_t sets[] = {\n%s};\n\n" % wrap(["%#xU," % m for m in sets] or ["0U,"], 8)
        out += "static const uint32_t classes[] = {\n%s};\n\n" % wrap(["%#xU," % m for m in masks] or ["0U,"], 8)
        if self.maps:
            out += "static const aln_suffix_map maps[] = {\n%s};\n\n" % wrap(
                ["{%s, %s, %d}," % (c_string(a.encode()), c_string(b.encode()), i) for a, b, i in self.maps], 4)
        chunks = [pool[i:i + 24] for i in range(0, len(pool), 24)] or [b""]
        out += "static const char pool[] =\n%s;\n\n" % "\n".join("    " + c_string(c) for c in chunks)
        out += "extern const aln_suffix_table aln_suffix_%s;\n" % ident
        out += "const aln_suffix_table aln_suffix_%s = {nodes, rules, roots, sets, classes, pool, %dU, %d, %#xU, %s, %d, %d};\n" % (
            ident, low, len(masks), other, "maps" if self.maps else "0", len(self.maps), len(self.steps))
        return out


def registry(path):
    entries, infos, aliases, tables, headers = [], [], {}, [], []
    header_seen = False
    for number, cols in rows(path):
        if not header_seen:
            if cols != ["name", "tags", "script", "engine", "table", "version"]:
                sys.exit("%s:%d: unexpected header" % (path, number))
            header_seen = True
            continue
        if len(cols) != 6 or not cols[5].isdigit():
            sys.exit("%s:%d: six columns, the last a number" % (path, number))
        name, tags, script, engine, table, version = cols
        info = '{"%s", "%s", "%s", "%s", %sU}' % (name, tags.split(",")[0], script, engine, version)
        if engine == "snowball":
            entries.append('    {%s, NULL, "%s"},' % (info, table))
        else:
            symbol = "aln_%s_%s" % (engine, table.replace("-", "_"))
            tables.append("extern const aln_%s_table %s;" % (engine, symbol))
            headers.append('#include "../%s.h"' % engine)
            entries.append("    {%s, aln_%s_stem, &%s}," % (info, engine, symbol))
        infos.append("    %s," % info)
        for tag in [name] + tags.split(","):
            if aliases.setdefault(tag.lower(), len(entries) - 1) != len(entries) - 1:
                sys.exit("%s:%d: tag %s is taken" % (path, number, tag))
    out = "/* generated by gen_stemmers.py from stemmers.tsv */\n#include \"../engine.h\"\n"
    out += "\n".join(sorted(set(headers))) + "\n\n" + "\n".join(sorted(set(tables))) + "\n\n"
    out += "const aln_stem_entry aln_stem_entries[] = {\n%s\n};\n" % "\n".join(entries)
    out += "const size_t aln_stem_entry_count = %d;\n\n" % len(entries)
    out += "const aln_stemmer_info aln_stem_infos[] = {\n%s\n};\n\n" % "\n".join(infos)
    out += "const aln_stem_alias aln_stem_aliases[] = {\n%s\n};\n" % "\n".join(
        '    {"%s", %d},' % (tag, aliases[tag]) for tag in sorted(aliases))
    out += "const size_t aln_stem_alias_count = %d;\n" % len(aliases)
    return out


def write(path, text):
    with open(path, "w", encoding="ascii") as out:
        out.write(text)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    top = sys.argv[1]
    folder = os.path.join(top, "rules", "suffix")
    for file in sorted(os.listdir(folder)):
        if file.endswith(".tsv"):
            table = Table()
            table.read(os.path.join(folder, file))
            name = file[:-4]
            write(os.path.join(top, "gen", "suffix_%s.c" % name.replace("-", "_")),
                  table.compile(name, "rules/suffix/" + file))
    write(os.path.join(top, "gen", "registry.c"), registry(os.path.join(top, "stemmers.tsv")))


if __name__ == "__main__":
    main()

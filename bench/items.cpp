/*
 * Reading, repeating and growing the benchmarks' texts. See items.hpp.
 *
 * SPDX-License-Identifier: MIT
 */
#include "items.hpp"

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <jansson.h>
#include <map>
#include <random>
#include <unordered_set>

static std::string member(const json_t *object, const char *name)
{
    const json_t *v = json_object_get(object, name);
    return json_is_string(v) ? std::string(json_string_value(v), json_string_length(v)) : std::string();
}

std::vector<item> read_items(const char *path)
{
    std::ifstream in(path);
    std::vector<item> items;
    std::string line;
    size_t number = 0;
    while (std::getline(in, line)) {
        number++;
        json_error_t why;
        json_t *object = json_loadb(line.data(), line.size(), JSON_ALLOW_NUL, &why);
        item i{member(object, "id"), member(object, "lang"), member(object, "title"), member(object, "text")};
        json_decref(object);
        if (i.text.empty()) {
            std::cerr << path << ":" << number << ": no document with a text\n";
            std::exit(2);
        }
        items.push_back(std::move(i));
    }
    if (items.empty()) {
        std::cerr << path << ": no documents\n";
        std::exit(2);
    }
    return items;
}

void write_items(const char *path, const std::vector<item> &items)
{
    std::ofstream out(path);
    for (const item &i : items) {
        json_t *object = json_pack("{s:s%, s:s%, s:s%}", "id", i.id.data(), i.id.size(), "title", i.title.data(),
                                   i.title.size(), "text", i.text.data(), i.text.size());
        if (!i.language.empty())
            json_object_set_new(object, "lang", json_stringn(i.language.data(), i.language.size()));
        char *line = json_dumps(object, JSON_COMPACT);
        out << line << '\n';
        std::free(line);
        json_decref(object);
    }
    out.close();
    if (!out) {
        std::cerr << path << ": cannot be written\n";
        std::exit(3);
    }
}

size_t bytes_of(const std::vector<item> &items)
{
    size_t bytes = 0;
    for (const item &i : items)
        bytes += i.text.size();
    return bytes;
}

/* A letter, near enough for counting and inventing: ASCII letters, and all two-byte letters but « and its like; three
 * bytes only for Georgian, Devanagari and their neighbours and Hangul, which are written with spaces. Returns its bytes
 * or 0. */
static size_t letter(const std::string &s, size_t at)
{
    unsigned char c = static_cast<unsigned char>(s[at]);
    if (c < 0x80)
        return std::isalpha(c) ? 1 : 0;
    if (c >= 0xC3 && c < 0xE0 && at + 1 < s.size())
        return 2;
    if ((c == 0xE0 || c == 0xE1 || (c >= 0xEA && c <= 0xED)) && at + 2 < s.size()) {
        bool thai = c == 0xE0 && static_cast<unsigned char>(s[at + 1]) >= 0xB8;
        return thai ? 0 : 3;
    }
    return 0;
}

/* Where the letters of a word lie in the text. */
struct word_place {
    size_t start, end, letters;
};

static bool next_word(const std::string &s, size_t &at, word_place &w)
{
    while (at < s.size() && !letter(s, at))
        at++;
    w = {at, at, 0};
    for (size_t n; w.end < s.size() && (n = letter(s, w.end)); w.letters++)
        w.end += n;
    at = w.end;
    return w.letters != 0;
}

vocabulary_size count_words(const std::vector<item> &items)
{
    std::unordered_set<std::string> seen;
    vocabulary_size size{0, 0};
    for (const item &i : items) {
        word_place w;
        for (size_t at = 0; next_word(i.text, at, w); size.words++)
            seen.insert(i.text.substr(w.start, w.end - w.start));
    }
    size.distinct = seen.size();
    return size;
}

/* The bytes of the first n letters. */
static size_t prefix_bytes(const std::string &s, size_t n)
{
    size_t at = 0;
    while (n-- && at < s.size())
        at += letter(s, at);
    return at;
}

namespace
{
class grower
{
  public:
    explicit grower(const std::vector<item> &items)
    {
        for (const item &i : items) {
            word_place w;
            for (size_t at = 0; next_word(i.text, at, w);)
                if (w.letters >= least)
                    endings[i.language].push_back(ending(i.text.substr(w.start, w.end - w.start), w.letters));
        }
    }

    std::string grow(const item &i)
    {
        std::string out;
        size_t from = 0, at = 0;
        word_place w;
        while (next_word(i.text, at, w)) {
            words++;
            std::string word = i.text.substr(w.start, w.end - w.start);
            bool wanted = static_cast<double>(seen.size()) < 30 * std::pow(static_cast<double>(words), 0.6);
            if (wanted && w.letters >= least && seen.count(word))
                word = invent(word, w.letters, i.language);
            else if (w.letters >= least && random() % 16 == 0 && !invented[i.language].empty()) {
                /* Invented words come back, too, else the known ones would stay in the processor's cache. */
                const std::vector<std::string> &known = invented[i.language];
                word = known[random() % known.size()];
            }
            seen.insert(word);
            out.append(i.text, from, w.start - from);
            out += word;
            from = w.end;
        }
        out.append(i.text, from, std::string::npos);
        return out;
    }

  private:
    static constexpr size_t least = 4; /* letters of a word that is worth replacing */

    static std::string ending(const std::string &word, size_t letters)
    {
        return word.substr(prefix_bytes(word, letters / 2));
    }

    std::string invent(const std::string &word, size_t letters, const std::string &language)
    {
        const std::vector<std::string> &ends = endings[language];
        for (int tries = 0; tries < 8; tries++) {
            size_t keep = 2 + random() % (letters - 2);
            std::string made = word.substr(0, prefix_bytes(word, keep)) + ends[random() % ends.size()];
            if (made.size() < 40 && !seen.count(made)) {
                invented[language].push_back(made);
                return made;
            }
        }
        return word;
    }

    size_t words = 0;
    std::mt19937 random{20251124}; /* the same texts in every run */
    std::unordered_set<std::string> seen;
    std::map<std::string, std::vector<std::string>> endings, invented;
};
} // namespace

std::vector<item> repeat_items(const std::vector<item> &items, size_t bytes, bool new_words)
{
    std::vector<item> out;
    grower g(items);
    size_t have = 0;
    for (size_t n = 0; have < bytes; n++) {
        item i = items[n % items.size()];
        if (new_words)
            i.text = g.grow(i);
        if (n >= items.size())
            i.id += "-" + std::to_string(n / items.size());
        have += i.text.size();
        out.push_back(std::move(i));
    }
    return out;
}

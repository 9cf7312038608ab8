/*
 * The texts that the benchmarks run over: news items from JSON lines, repeated to a wanted size, with or without new
 * words.
 *
 * A few hundred items repeated hold a few thousand distinct words, each of which the analyzer makes once; real news
 * goes on bringing new ones. So items can be grown: words are replaced by invented ones until the vocabulary of n
 * running words has V(n) = 30 n^0.6 members, Heaps' law with constants that lie in the middle of what is reported for
 * news (Manning, Raghavan, Schütze: Introduction to Information Retrieval, 5.1.1: k 30 to 100, exponent about a half;
 * inflecting languages have the greater exponent). An invented word is the beginning of one word joined to the end of
 * another of the same language, so that endings, letters and capitals stay what stemmers meet in life. Han, Kana and
 * Thai have no spaces to tell words by and stay as they are.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_BENCH_ITEMS_HPP
#define ALLONYM_BENCH_ITEMS_HPP

#include <cstddef>
#include <string>
#include <vector>

struct item {
    std::string id, language, title, text;
};

/* Reads JSON lines with "text", and perhaps id, lang and title; says on standard error what is wrong and ends the
 * program. */
std::vector<item> read_items(const char *path);

/* The same as JSON lines, for other programs. */
void write_items(const char *path, const std::vector<item> &items);

/* Running words and distinct ones, as bytes between spaces and punctuation. */
struct vocabulary_size {
    size_t words, distinct;
};
vocabulary_size count_words(const std::vector<item> &items);

/* The items again and again until their texts have so many bytes, each with an id of its own; grown as above or not. */
std::vector<item> repeat_items(const std::vector<item> &items, size_t bytes, bool new_words);

size_t bytes_of(const std::vector<item> &items);

#endif

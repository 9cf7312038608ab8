/*
 * The stemmers as a Xapian::StemImplementation: what a program with TermGenerator and QueryParser finds by them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <allonym/xapian_stem.hpp>

#include <csetjmp>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
extern "C" {
#include <cmocka.h>
}

static Xapian::doccount found(const Xapian::Database &db, const std::string &language, const char *query)
{
    Xapian::QueryParser parser;
    parser.set_stemmer(allonym::stem(language));
    parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
    Xapian::Enquire enquire(db);
    enquire.set_query(parser.parse_query(query));
    return enquire.get_mset(0, 10).size();
}

static Xapian::WritableDatabase index_of(const std::string &language, std::initializer_list<const char *> texts)
{
    Xapian::WritableDatabase db("", Xapian::DB_BACKEND_INMEMORY);
    Xapian::TermGenerator generator;
    generator.set_stemmer(allonym::stem(language));
    for (const char *text : texts) {
        Xapian::Document doc;
        generator.set_document(doc);
        generator.index_text(text);
        db.add_document(doc);
    }
    return db;
}

static void nominative_finds_forms(void **)
{
    const Xapian::Database kazakh = index_of("kk", {"Саммит Астанада өтті", "Ол Қазақстанның астанасына келді",
                                                    "Президент Қазақстаннан ұшып кетті", "Бүгін ауа райы жылы"});
    assert_int_equal(found(kazakh, "kk", "қазақстан"), 2);
    assert_int_equal(found(kazakh, "kk", "астана"), 2);
    assert_int_equal(found(kazakh, "kk", "Астана"), 0); /* STEM_SOME leaves capitals alone, whatever the stemmer */
    const Xapian::Database forms = index_of("kk", {"Тоқаевтың", "Тоқаевқа", "Тоқаевпен", "Назарбаевқа"});
    assert_int_equal(found(forms, "kk", "тоқаев"), 3);
    const Xapian::Database ukrainian = index_of("uk", {"Зустріч із Зеленським", "Указ Зеленського", "Погода"});
    assert_int_equal(found(ukrainian, "uk", "зеленський"), 2);
}

static void unknown_language_is_an_error(void **)
{
    for (const char *language : {"", "xx", "klingon", "ru-Latn"}) {
        bool thrown = false;
        try {
            allonym::stem(language);
        } catch (const Xapian::InvalidArgumentError &) {
            thrown = true;
        }
        assert_true(thrown);
    }
}

static void any_bytes_are_a_word(void **)
{
    Xapian::Stem stem = allonym::stem("kazakh");
    assert_string_equal(stem.get_description().substr(0, 19).c_str(), "Xapian::Stem(allony");
    assert_true(stem("").empty());
    assert_int_equal(stem("\xFF\xC3").size(), 2);
    assert_string_equal(stem(std::string("2025")).c_str(), "2025");
    assert_true(stem(std::string(2000, 'a')).size() <= 2000 + ALN_STEM_SLACK);
}

int main()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nominative_finds_forms),
        cmocka_unit_test(unknown_language_is_an_error),
        cmocka_unit_test(any_bytes_are_a_word),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}

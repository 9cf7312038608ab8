/*
 * An index as another program makes it, and a reader that holds it open.
 *
 *     foreign index DB FILE STEMMER    TermGenerator over the texts of JSON lines; documents have numbers and no ids
 *     foreign hold DB WORD             prints how many documents have the word, waits for the end of standard input,
 *                                      prints it again
 *
 * SPDX-License-Identifier: GPL-2.0-or-later (links libxapian)
 */
#include <cstdio>
#include <cstring>
#include <fstream>
#include <jansson.h>
#include <string>
#include <xapian.h>

static void index_file(const char *path, const char *file, const char *stemmer)
{
    Xapian::WritableDatabase db(path, Xapian::DB_CREATE);
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem(stemmer));
    std::ifstream in(file);
    std::string line;
    while (std::getline(in, line)) {
        json_error_t why;
        json_t *object = json_loadb(line.data(), line.size(), 0, &why);
        Xapian::Document doc;
        generator.set_document(doc);
        generator.set_termpos(0);
        for (const char *name : {"title", "text"}) {
            const char *text = json_string_value(json_object_get(object, name));
            if (text)
                generator.index_text(text);
            generator.increase_termpos();
        }
        const char *id = json_string_value(json_object_get(object, "id"));
        doc.set_data(std::string("url=") + (id ? id : "") + "\nsample=" + line.substr(0, 40));
        db.add_document(doc);
        json_decref(object);
    }
    db.set_metadata("of the other program", "kept");
    db.commit();
}

static unsigned matches(Xapian::Database &db, const char *word)
{
    for (;;) {
        try {
            Xapian::Enquire enquire(db);
            enquire.set_query(Xapian::Query(word));
            return enquire.get_mset(0, db.get_doccount()).size();
        } catch (const Xapian::DatabaseModifiedError &) {
            db.reopen(); // as every reader of Xapian must
        }
    }
}

int main(int argc, char **argv)
{
    try {
        if (argc == 5 && std::strcmp(argv[1], "index") == 0) {
            index_file(argv[2], argv[3], argv[4]);
            return 0;
        }
        if (argc == 4 && std::strcmp(argv[1], "hold") == 0) {
            Xapian::Database db(argv[2]);
            std::printf("%u\n", matches(db, argv[3]));
            std::fflush(stdout);
            while (std::getchar() != EOF) {
            }
            std::printf("%u\n", matches(db, argv[3]));
            return 0;
        }
    } catch (const Xapian::Error &e) {
        std::fprintf(stderr, "foreign: %s\n", e.get_description().c_str());
        return 3;
    }
    std::fprintf(stderr, "usage: foreign index DB FILE STEMMER | foreign hold DB WORD\n");
    return 2;
}

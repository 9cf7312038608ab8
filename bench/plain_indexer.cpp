/*
 * An indexer as one writes it with Xapian alone: TermGenerator, Russian stemmer, an id term, the item kept as data. To
 * be compared with `allonym index` by bench/indexing.sh.
 *
 *     plain_indexer DB FILE
 *
 * SPDX-License-Identifier: GPL-2.0-or-later (links libxapian)
 */
#include "items.hpp"

#include <cstdio>
#include <fstream>
#include <jansson.h>
#include <string>
#include <xapian.h>

int main(int argc, char **argv)
{
    if (argc != 3) {
        std::fprintf(stderr, "usage: plain_indexer DB FILE\n");
        return 2;
    }
    try {
        Xapian::WritableDatabase db(argv[1], Xapian::DB_CREATE);
        Xapian::TermGenerator generator;
        generator.set_stemmer(Xapian::Stem("russian"));
        std::ifstream in(argv[2]);
        std::string line;
        while (std::getline(in, line)) {
            json_error_t why;
            json_t *object = json_loadb(line.data(), line.size(), 0, &why);
            Xapian::Document doc;
            generator.set_document(doc);
            generator.set_termpos(0);
            const char *title = json_string_value(json_object_get(object, "title"));
            const char *text = json_string_value(json_object_get(object, "text"));
            const char *id = json_string_value(json_object_get(object, "id"));
            if (title) {
                generator.index_text(title, 1, "S");
                generator.index_text(title);
                generator.increase_termpos();
            }
            if (text)
                generator.index_text(text);
            doc.set_data(line);
            const std::string id_term = std::string("Q") + (id ? id : "");
            doc.add_boolean_term(id_term);
            db.replace_document(id_term, doc);
            json_decref(object);
        }
        db.commit();
    } catch (const Xapian::Error &e) {
        std::fprintf(stderr, "plain_indexer: %s\n", e.get_description().c_str());
        return 3;
    }
    return 0;
}

#!/bin/sh
# Lists of synonyms that `allonym export` writes, read by the engine they are for: run.sh ENGINE PROGRAM [PG_BINDIR PG_LIBDIR]
#
# A document has one name of a place, a query another one; the engine finds it with the list, and does not without.
# Engines run in a temporary directory; PostgreSQL's server listens on a socket there only.
# SPDX-License-Identifier: MIT
set -u
engine=$1 program=$(realpath "$2") source=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 3
export LC_ALL=C.UTF-8 HOME="$dir"

need() {
    command -v "$1" >/dev/null || { echo "SKIPPED: $1 is not installed"; exit 77; }
}
fail() {
    echo "$engine: $*"
    exit 1
}
# expect FILE REGEX: a line of the file matches; reject FILE REGEX: none does
expect() {
    grep -Eq -- "$2" "$1" || { head -20 "$1"; fail "no line of $1 matches $2"; }
}
reject() {
    ! grep -Eq -- "$2" "$1" || { head -20 "$1"; fail "a line of $1 matches $2"; }
}
export_to() { # FORMAT FILE [OPTION...]
    format=$1 file=$2
    shift 2
    "$program" export --ids astana,saint-petersburg "$@" "$format" >"$file" || fail "export $format: status $?"
}

case $engine in
formats)
    export_to solr solr
    expect solr '^Astana, Астана,.*Nur-Sultan'
    reject solr ', Astana,'
    export_to solr dated --as-of 2020
    expect dated 'Nur-Sultan'
    reject dated 'Astana'
    export_to solr current --names current --langs en
    expect current '^Saint Petersburg'
    reject current 'Leningrad'
    reject current 'Астана'
    "$program" export --kinds country --langs en,ru solr >countries || fail 'kinds'
    expect countries 'Kazakhstan.*Казахстан'
    reject countries 'Astana'
    # commas and arrows would end a name
    printf 'id\tkind\tlang\tnames\tdates\tflags\tnote\nx-q\torganisation\ten\tA=>B, C|Qwxz "D" Forum\t\t\t\n' >own.tsv
    "$program" export --names own.tsv --ids x-q solr >escaped || fail 'own names'
    expect escaped '^A\\=\\>B\\, C, Qwxz "D" Forum$'
    "$program" export --names own.tsv --ids x-q recoll >quoted || fail 'own names'
    expect quoted '"qwxz \\"d\\" forum"'
    # words of the index that are forms of the names
    printf '%s\n' '{"id":"1","lang":"ru","text":"Он был в Ленинграде и Астане."}' | "$program" index db - >/dev/null
    export_to solr forms --vocabulary db
    expect forms ', астане'
    reject solr 'астане'
    export_to manticore wordforms --vocabulary db
    expect wordforms '^Nur Sultan > Astana$'
    expect wordforms '^астане > Astana$'
    export_to meilisearch meili
    export_to typesense types
    python3 - <<'END' || fail 'JSON'
import json
meili = json.load(open("meili"))
assert "Астана" in meili["Astana"] and "Astana" in meili["Nur-Sultan"], meili["Astana"]
assert "Astana" not in meili["Astana"]
types = [json.loads(line) for line in open("types")]
assert [t["id"] for t in types] == ["astana", "saint-petersburg"]
assert {"Astana", "Астана", "Nur-Sultan"} <= set(types[0]["synonyms"])
END
    "$program" export --ids nothing solr >nothing
    [ $? = 1 ] || fail 'an export of nothing has status 1'
    "$program" export xml 2>message
    [ $? = 2 ] || fail 'an unknown format has status 2'
    expect message 'no such format: xml'
    ;;
xapian)
    /usr/bin/python3 -c 'import xapian' 2>/dev/null || { echo 'SKIPPED: python3-xapian is not installed'; exit 77; }
    export_to xapian synonyms.py
    /usr/bin/python3 - <<'END' || fail 'the database cannot be made'
import xapian
db = xapian.WritableDatabase("x.db", xapian.DB_CREATE)
generator = xapian.TermGenerator()
for text in "The ministers met in Astana", "The ministers met in Almaty":
    document = xapian.Document()
    document.set_data(text)
    generator.set_document(document)
    generator.index_text(text)
    db.add_document(document)
db.commit()
END
    cat >ask.py <<'END'
import sys, xapian
db = xapian.Database("x.db")
parser = xapian.QueryParser()
parser.set_database(db)
flags = parser.FLAG_DEFAULT | parser.FLAG_AUTO_SYNONYMS | parser.FLAG_AUTO_MULTIWORD_SYNONYMS
enquire = xapian.Enquire(db)
enquire.set_query(parser.parse_query(sys.argv[1], flags))
for match in enquire.get_mset(0, 10):
    print(match.document.get_data().decode())
END
    /usr/bin/python3 ask.py Нурсултан >before
    reject before .
    /usr/bin/python3 synonyms.py x.db || fail 'the program fails'
    for query in Нурсултан Акмола 'нур султан'; do
        /usr/bin/python3 ask.py "$query" >after
        expect after 'Astana$'
        reject after Almaty
    done
    ;;
recoll)
    need recollindex
    need recollq
    mkdir docs conf
    echo 'The ministers met in Astana' >docs/a.txt
    echo 'The ministers met in Almaty' >docs/b.txt
    printf 'topdirs = %s/docs\n' "$dir" >conf/recoll.conf
    recollindex -c conf >log 2>&1 || { tail -5 log; fail 'recollindex'; }
    export_to recoll thesaurus
    recollq -c conf -q Нурсултан >before 2>&1
    reject before 'a\.txt'
    recollq -c conf -T thesaurus -q Нурсултан >after 2>&1
    expect after 'a\.txt'
    reject after 'b\.txt'
    ;;
groonga)
    need groonga
    export_to groonga synonyms.tsv
    cat >load <<'END'
plugin_register query_expanders/tsv
table_create Docs TABLE_NO_KEY
column_create Docs text COLUMN_SCALAR Text
table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto
column_create Terms docs_text COLUMN_INDEX|WITH_POSITION Docs text
load --table Docs
[
{"text":"The ministers met in Astana"},
{"text":"The ministers met in Almaty"}
]
END
    GRN_QUERY_EXPANDER_TSV_SYNONYMS_FILE=$dir/synonyms.tsv
    export GRN_QUERY_EXPANDER_TSV_SYNONYMS_FILE
    groonga -n g.db <load >log 2>&1 || { cat log; fail 'load'; }
    groonga g.db select Docs --match_columns text --query Нурсултан >before
    reject before Astana
    for query in Нурсултан Акмола Nursultan; do
        groonga g.db select Docs --match_columns text --query "$query" --query_expander QueryExpanderTSV >after
        expect after Astana
        reject after Almaty
    done
    ;;
postgresql)
    need psql
    # shellcheck source=../postgresql/server.sh
    . "$source/tests/postgresql/server.sh"
    export_to postgresql-syn allonym.syn
    export_to postgresql-ths allonym.ths
    cd /
    pg_begin "$3" "$4" "$source/plugin/postgresql"
    trap 'pg_end; rm -rf "$dir"' EXIT
    data=$pg_root$share/tsearch_data
    system=$(readlink "$data")
    rm "$data"
    mkdir "$data"
    ln -s "$system"/* "$data/"
    cp "$dir/allonym.syn" "$dir/allonym.ths" "$data/"
    chmod -R a+rX "$data"
    psql_ -v ON_ERROR_STOP=1 -At >"$dir/after" <<'END' || fail 'psql'
create text search dictionary names_syn (template = synonym, synonyms = allonym);
create text search dictionary names_ths (template = thesaurus, dictfile = allonym, dictionary = simple);
create text search configuration names (copy = simple);
alter text search configuration names alter mapping for asciiword, word, asciihword, hword, hword_asciipart, hword_part
    with names_ths, names_syn, simple;
select 'syn', to_tsvector('names', 'The ministers met in Astana') @@ to_tsquery('names', 'Нурсултан');
select 'ths', to_tsvector('names', 'The ministers met in Astana') @@ plainto_tsquery('names', 'Нур Султан');
select 'old', to_tsvector('names', 'The ministers met in Leningrad') @@ plainto_tsquery('names', 'Saint Petersburg');
select 'other', to_tsvector('names', 'The ministers met in Almaty') @@ to_tsquery('names', 'Нурсултан');
select 'plain', to_tsvector('simple', 'The ministers met in Astana') @@ to_tsquery('simple', 'Нурсултан');
END
    expect "$dir/after" '^syn[|]t$'
    expect "$dir/after" '^ths[|]t$'
    expect "$dir/after" '^old[|]t$'
    expect "$dir/after" '^other[|]f$'
    expect "$dir/after" '^plain[|]f$'
    ;;
*)
    echo "usage: run.sh formats|xapian|recoll|groonga|postgresql PROGRAM [PG_BINDIR PG_LIBDIR]"
    exit 2
    ;;
esac

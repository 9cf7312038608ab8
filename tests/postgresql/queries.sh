#!/bin/sh
# The bundled queries in PostgreSQL: queries.sh BINDIR LIBDIR SCRIPTDIR CORPUS QUERIES KNOWN [FUNCTION]
#
# The files are those of tests/queries/run.sh, and the rules: a row fails if an id of `must` is not found or one of
# `must_not` is; rows in KNOWN (query, options, reason) are expected to fail, may be at most 3 % of all, and one that
# passes fails the run. The search is one statement: allonym_expand() over a GIN index, or, with FUNCTION=query,
# allonym_query(), which knows no index.
# SPDX-License-Identifier: MIT
set -u
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/postgresql/server.sh
. "$here/server.sh"
corpus=$4 queries=$5 known=$6 function=${7:-expand}
pg_begin "$1" "$2" "$3"
if [ "$function" = expand ]; then ask="allonym_expand('news', q, o)"; else ask="allonym_query(q, o)"; fi
# COPY's text format would take a backslash for its own; csv with a quote and a separator that no line has does not.
cat >"$pg_dir/run.sql" <<EOF
\\set ON_ERROR_STOP on
\\o /dev/null
CREATE EXTENSION allonym;
CREATE TEMP TABLE lines (line jsonb);
CREATE TABLE news (
    id text PRIMARY KEY, lang text, date date, title text, body text,
    tsv tsvector GENERATED ALWAYS AS (
        setweight(allonym_vector(coalesce(title, ''), lang), 'A') || allonym_vector(body, lang)
        || allonym_filter('lang', coalesce(lang, '')) || allonym_filter('date', date)) STORED
);
\\copy lines FROM '$pg_dir/corpus' (FORMAT csv, QUOTE e'\\x01', DELIMITER e'\\x02')
INSERT INTO news SELECT line->>'id', line->>'lang', (line->>'date')::date, line->>'title', line->>'text' FROM lines;
CREATE INDEX news_tsv ON news USING gin (tsv);
ANALYZE news;
CREATE TEMP TABLE queries (n serial, q text, options text, must text, must_not text, why text);
\\copy queries (q, options, must, must_not, why) FROM '$pg_dir/queries' (FORMAT csv, QUOTE e'\\x01', DELIMITER e'\\t', NULL e'\\x02')
CREATE TEMP TABLE known (q text, options text, reason text);
\\copy known FROM '$pg_dir/known' (FORMAT csv, QUOTE e'\\x01', DELIMITER e'\\t', NULL e'\\x02')
-- options of the program as those of the functions
CREATE TEMP TABLE asked AS SELECT *, replace(replace(options, '--names ', 'names='), '--', '') AS o FROM queries;
CREATE TEMP TABLE failed AS
    SELECT n, q, options, missing, forbidden FROM (
        SELECT n, q, options,
            (SELECT string_agg(m, ' ') FROM regexp_split_to_table(must, ' +') m WHERE m <> '' AND m <> ALL (found)) AS missing,
            (SELECT string_agg(m, ' ') FROM regexp_split_to_table(must_not, ' +') m WHERE m = ANY (found)) AS forbidden
        FROM (SELECT *, ARRAY(SELECT id FROM news WHERE tsv @@ $ask) AS found FROM asked) a) b
    WHERE missing IS NOT NULL OR forbidden IS NOT NULL;
\\o
\\pset tuples_only on
\\pset format unaligned
\\pset fieldsep '\\t'
SELECT n + 0, q || coalesce(' (' || nullif(options, '') || ')', ''), 'missing: ' || coalesce(missing, ''), 'must not: ' || coalesce(forbidden, '')
    FROM failed WHERE NOT EXISTS (SELECT FROM known k WHERE k.q = failed.q AND k.options = failed.options) ORDER BY n;
SELECT 'passes, though it is listed as known to fail: ' || q FROM known k
    WHERE NOT EXISTS (SELECT FROM failed f WHERE f.q = k.q AND f.options = k.options);
SELECT count(*) || ' rows, ' || (SELECT count(*) FROM failed) || ' failed, ' || (SELECT count(*) FROM known) || ' known to fail'
    FROM queries;
SELECT 'too many rows are known to fail' FROM queries HAVING count(*) * 3 < (SELECT count(*) FROM known) * 100;
EOF
case $corpus in
*.gz) gzip -dc "$corpus" ;;
*) cat "$corpus" ;;
esac >"$pg_dir/corpus"
rows='/^#( |$)/ || NF == 0 || /^query\toptions\t/ { next }'
awk -F'\t' -v OFS='\t' "$rows"' { print $1, $2, $3, $4, $5 }' "$queries" >"$pg_dir/queries"
awk -F'\t' -v OFS='\t' "$rows"' { print $1, $2, $3 }' "$known" >"$pg_dir/known"
psql_ -f "$pg_dir/run.sql" >"$pg_dir/report" 2>&1 || {
    cat "$pg_dir/report"
    exit 3
}
cat "$pg_dir/report"
[ "$(wc -l <"$pg_dir/report")" = 1 ]

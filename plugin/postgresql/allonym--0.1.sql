/* The parsers, the dictionaries and the two configurations. SPDX-License-Identifier: MIT */

-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION allonym" to load this file. \quit

CREATE FUNCTION allonym_version() RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION allonym_version() IS 'version of the library';

CREATE FUNCTION allonym_fingerprint() RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION allonym_fingerprint() IS 'everything that decides about lexemes: code, tables, stemmers';

CREATE FUNCTION allonym_mark() RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION allonym_mark() IS 'the lexeme by which a vector tells that this version made it';

-- Not in a database of another encoding: say so now, not at the first document.
DO $$ BEGIN PERFORM @extschema@.allonym_mark(); END $$;

CREATE FUNCTION allonym_start(internal, int4) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION allonym_query_start(internal, int4) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION allonym_token(internal, internal, internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION allonym_end(internal) RETURNS void
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION allonym_types(internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION allonym_headline(internal, internal, tsquery) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION allonym_init(internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION allonym_lexize(internal, internal, internal, internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TEXT SEARCH PARSER allonym (
    START = allonym_start, GETTOKEN = allonym_token, END = allonym_end,
    HEADLINE = allonym_headline, LEXTYPES = allonym_types);
COMMENT ON TEXT SEARCH PARSER allonym IS 'words and names of a document, in the context of its text';
CREATE TEXT SEARCH PARSER allonym_query (
    START = allonym_query_start, GETTOKEN = allonym_token, END = allonym_end,
    HEADLINE = allonym_headline, LEXTYPES = allonym_types);
COMMENT ON TEXT SEARCH PARSER allonym_query IS 'words of a query, with what each may be in a document';

CREATE TEXT SEARCH TEMPLATE allonym (INIT = allonym_init, LEXIZE = allonym_lexize);
COMMENT ON TEXT SEARCH TEMPLATE allonym IS 'exact word, stems, name keys, entities; option Query: for queries';
CREATE TEXT SEARCH DICTIONARY allonym (TEMPLATE = allonym);
COMMENT ON TEXT SEARCH DICTIONARY allonym IS 'lexemes of a document''s words';
CREATE TEXT SEARCH DICTIONARY allonym_query (TEMPLATE = allonym, QUERY = true);
COMMENT ON TEXT SEARCH DICTIONARY allonym_query IS 'lexemes that a query''s word may be';

CREATE TEXT SEARCH CONFIGURATION allonym (PARSER = allonym);
ALTER TEXT SEARCH CONFIGURATION allonym ADD MAPPING FOR word, character WITH allonym;
COMMENT ON TEXT SEARCH CONFIGURATION allonym IS 'for documents: to_tsvector, ts_headline';
CREATE TEXT SEARCH CONFIGURATION allonym_query (PARSER = allonym_query);
ALTER TEXT SEARCH CONFIGURATION allonym_query ADD MAPPING FOR word, character WITH allonym_query;
COMMENT ON TEXT SEARCH CONFIGURATION allonym_query IS 'for queries: to_tsquery, websearch_to_tsquery and their like';

/* allonym's own query language, the check of stored vectors. SPDX-License-Identifier: MIT */

-- complain if script is sourced in psql, rather than via ALTER EXTENSION
\echo Use "ALTER EXTENSION allonym UPDATE TO '0.2'" to load this file. \quit

CREATE FUNCTION allonym_vector(document text, language text DEFAULT NULL) RETURNS tsvector
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION allonym_vector(text, text) IS
    'a document''s vector, as to_tsvector(''allonym'', ...) makes it, with its language given';

CREATE FUNCTION allonym_query(query text, options text DEFAULT '') RETURNS tsquery
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION allonym_query(text, text) IS 'a query in allonym''s own language, by rules and gazetteer';

CREATE FUNCTION allonym_expand(relation regclass, query text, options text DEFAULT '') RETURNS tsquery
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION allonym_expand(regclass, text, text) IS
    'likewise, with the spellings that occur in a GIN index, or in a table''s first one';

CREATE FUNCTION allonym_filter(field text, value text) RETURNS tsvector
    AS 'MODULE_PATHNAME', 'allonym_filter_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION allonym_filter(text, text) IS 'what lang: and id: look for, to be added to a document''s vector';
CREATE FUNCTION allonym_filter(field text, value date) RETURNS tsvector
    AS 'MODULE_PATHNAME', 'allonym_filter_date' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION allonym_filter(text, date) IS 'what date: looks for, to be added to a document''s vector';

CREATE FUNCTION allonym_index_marks(regclass) RETURNS text[]
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION allonym_index_marks(regclass) IS 'marks of the versions that made the vectors in a GIN index';

CREATE FUNCTION allonym_check(relation regclass,
        OUT place text, OUT made_by text, OUT vectors bigint, OUT current boolean) RETURNS SETOF record
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    col record;
    ind record;
    mark text := allonym_mark();
BEGIN
    -- stored vectors: a column's, row by row
    FOR col IN
        SELECT a.attname FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = relation AND a.atttypid = 'pg_catalog.tsvector'::pg_catalog.regtype AND a.attnum > 0
            AND NOT a.attisdropped
        ORDER BY a.attnum
    LOOP
        FOR made_by, vectors IN EXECUTE pg_catalog.format(
            $q$SELECT made, pg_catalog.count(*) FROM (
                   SELECT CASE WHEN v @@ $1 THEN $2
                          ELSE coalesce((SELECT pg_catalog.string_agg(l, ' ' ORDER BY l COLLATE "C")
                                         FROM pg_catalog.unnest(pg_catalog.tsvector_to_array(v)) l
                                         WHERE l LIKE 'XF%%'), '') END AS made
                   FROM (SELECT %I AS v FROM %s) t
                   WHERE v IS NOT NULL AND v <> '') m
               GROUP BY made ORDER BY made COLLATE "C"$q$, col.attname, relation)
            USING pg_catalog.quote_literal(mark)::pg_catalog.tsquery, mark
        LOOP
            place := col.attname;
            current := made_by = mark;
            made_by := nullif(made_by, '');
            RETURN NEXT;
        END LOOP;
    END LOOP;
    -- vectors that only an index has: the marks among its lexemes
    FOR ind IN
        SELECT i.indexrelid::pg_catalog.regclass AS name FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_am m ON m.oid = c.relam
        WHERE i.indrelid = relation AND i.indexprs IS NOT NULL AND i.indisvalid AND m.amname = 'gin'
            AND EXISTS (SELECT FROM pg_catalog.pg_opclass o
                        WHERE o.oid = ANY (i.indclass) AND o.opcname = 'tsvector_ops')
        ORDER BY c.relname
    LOOP
        FOREACH made_by IN ARRAY allonym_index_marks(ind.name) LOOP
            place := ind.name;
            vectors := NULL;
            current := made_by = mark;
            RETURN NEXT;
        END LOOP;
    END LOOP;
END $$;
COMMENT ON FUNCTION allonym_check(regclass) IS
    'which versions made the vectors in a table''s columns and in its indexes over expressions';

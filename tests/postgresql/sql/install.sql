-- The extension, by its upgrade path and at once: both end with the same objects.
CREATE EXTENSION allonym VERSION '0.1';
SELECT allonym_query('Tokayev');
ALTER EXTENSION allonym UPDATE;
SELECT extversion FROM pg_extension WHERE extname = 'allonym';
CREATE TABLE upgraded AS
    SELECT pg_describe_object(classid, objid, objsubid) AS object FROM pg_depend
    WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e';
DROP EXTENSION allonym;
CREATE EXTENSION allonym;
SELECT pg_describe_object(classid, objid, objsubid) AS object FROM pg_depend
    WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e' AND refobjid <> (
        SELECT oid FROM pg_extension WHERE extname = 'plpgsql')
    ORDER BY pg_describe_object(classid, objid, objsubid) COLLATE "C";
(SELECT pg_describe_object(classid, objid, objsubid) FROM pg_depend
    WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e' EXCEPT SELECT object FROM upgraded)
UNION ALL
(SELECT object FROM upgraded EXCEPT SELECT pg_describe_object(classid, objid, objsubid) FROM pg_depend
    WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e');
SELECT allonym_version() ~ '^\d+\.\d+\.\d+$' AS version, allonym_mark() LIKE 'XF' || allonym_version() || '-%' AS mark,
    allonym_fingerprint() LIKE 'allonym-terms:%' AS fingerprint;
-- In a schema that is not in the search path.
DROP EXTENSION allonym;
CREATE SCHEMA names;
CREATE EXTENSION allonym SCHEMA names;
SELECT to_tsvector('names.allonym', 'Астана') @@ plainto_tsquery('names.allonym_query', 'Astana') AS found;
CREATE TABLE t (v tsvector);
INSERT INTO t VALUES (to_tsvector('names.allonym', 'Астана'));
SELECT place, current FROM names.allonym_check('t');
-- Functions that a server with several workers may use as it likes.
SELECT proname, provolatile, proparallel FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace
    WHERE nspname = 'names' AND proname ~ '_(query|expand|filter|check|version)$'
    ORDER BY proname COLLATE "C", pg_proc.oid;
-- Another encoding is refused at once.
CREATE DATABASE test_latin1 ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0;
\c test_latin1
CREATE EXTENSION allonym;

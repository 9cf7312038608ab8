-- Which version made the vectors that are stored.
CREATE EXTENSION allonym;
CREATE FUNCTION checked(regclass) RETURNS TABLE (place text, made_by text, vectors bigint, current boolean)
    LANGUAGE sql AS $$SELECT place, replace(made_by, allonym_mark(), 'this version'), vectors, current FROM allonym_check($1)$$;
CREATE TABLE news (id int, body text, tsv tsvector, other tsvector);
SELECT * FROM checked('news');
INSERT INTO news SELECT i, 'President Tokayev', to_tsvector('allonym', 'President Tokayev') FROM generate_series(1, 5) i;
INSERT INTO news VALUES (6, '', to_tsvector('allonym', ''), NULL), (7, NULL, NULL, to_tsvector('russian', 'Президент Токаев'));
SELECT * FROM checked('news');
-- As another version would have made them.
UPDATE news SET tsv = ts_delete(tsv, allonym_mark()) || 'XF0.0.9-12345678:1' WHERE id > 3 AND id < 6;
SELECT * FROM checked('news');
-- The rows to make again, and the check after that.
UPDATE news SET tsv = to_tsvector('allonym', body) WHERE NOT tsv @@ allonym_mark()::tsquery;
SELECT * FROM checked('news');
-- An index over an expression keeps vectors that no row has.
CREATE INDEX news_body ON news USING gin (to_tsvector('allonym', body));
SELECT * FROM checked('news');
SELECT allonym_check('no_such_table');
SELECT allonym_check(NULL);

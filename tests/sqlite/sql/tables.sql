-- Kinds of tables: each is changed, checked, rebuilt, searched.
CREATE VIRTUAL TABLE d_none USING fts5(a, b, detail = none, tokenize = 'allonym');
CREATE VIRTUAL TABLE d_column USING fts5(a, b, detail = column, tokenize = 'allonym');
CREATE VIRTUAL TABLE prefixed USING fts5(a, b, prefix = '2 3', tokenize = 'allonym');
CREATE TABLE docs (id INTEGER PRIMARY KEY, a, b);
CREATE VIRTUAL TABLE external USING fts5(a, b, content = docs, content_rowid = id, tokenize = 'allonym');
CREATE VIRTUAL TABLE bare USING fts5(a, b, content = '', tokenize = 'allonym');
INSERT INTO docs VALUES (1, 'Қасым-Жомарт Тоқаев Астанада', 'kk'), (2, 'President Tokaev in Nur-Sultan', 'en'),
    (3, '托卡耶夫在阿斯塔纳', 'zh'), (4, 'Тикаев', 'ru');
INSERT INTO d_none(rowid, a, b) SELECT * FROM docs;
INSERT INTO d_column(rowid, a, b) SELECT * FROM docs;
INSERT INTO prefixed(rowid, a, b) SELECT * FROM docs;
INSERT INTO external(external) VALUES ('rebuild');
INSERT INTO bare(rowid, a, b) SELECT * FROM docs;
SELECT 'none', rowid, highlight(d_none, 0, '[', ']') FROM d_none WHERE d_none MATCH 'Tokayev' ORDER BY rowid;
SELECT 'column', rowid, highlight(d_column, 0, '[', ']') FROM d_column WHERE d_column MATCH 'a : Tokayev' ORDER BY rowid;
SELECT 'prefix', rowid, highlight(prefixed, 0, '[', ']') FROM prefixed WHERE prefixed MATCH 'toqa*' ORDER BY rowid;
SELECT 'external', rowid, highlight(external, 0, '[', ']') FROM external WHERE external MATCH 'Tokayev' ORDER BY rowid;
SELECT 'contentless', rowid FROM bare WHERE bare MATCH 'Tokayev' ORDER BY rowid;
-- allonym_expand asks for no phrases where there are no positions
SELECT 'none', rowid FROM d_none WHERE d_none MATCH allonym_expand('d_none', '"Нур-Султан"') ORDER BY rowid;
SELECT 'column', rowid FROM d_column WHERE d_column MATCH allonym_expand('d_column', 'Tokayev NEAR Astana') ORDER BY rowid;
SELECT 'external', rowid FROM external WHERE external MATCH allonym_expand('external', '"Касым-Жомарт Токаев"') ORDER BY rowid;
SELECT 'contentless', rowid FROM bare WHERE bare MATCH allonym_expand('bare', 'Astana') ORDER BY rowid;
-- delete and update
DELETE FROM d_none WHERE rowid = 2;
UPDATE d_none SET a = 'Токаев' WHERE rowid = 4;
DELETE FROM d_column WHERE rowid = 2;
UPDATE d_column SET a = 'Токаев' WHERE rowid = 4;
UPDATE prefixed SET a = 'Токаев' WHERE rowid = 4;
INSERT INTO external(external, rowid, a, b) SELECT 'delete', id, a, b FROM docs WHERE id = 2;
DELETE FROM docs WHERE id = 2;
INSERT INTO bare(bare, rowid, a, b) VALUES ('delete', 2, 'President Tokaev in Nur-Sultan', 'en');
SELECT rowid FROM d_none WHERE d_none MATCH 'Tokayev' ORDER BY rowid;
SELECT rowid FROM external WHERE external MATCH 'Tokayev' ORDER BY rowid;
SELECT rowid FROM bare WHERE bare MATCH 'Tokayev' ORDER BY rowid;
INSERT INTO d_none(d_none) VALUES ('integrity-check');
INSERT INTO d_column(d_column) VALUES ('integrity-check');
INSERT INTO prefixed(prefixed) VALUES ('integrity-check');
INSERT INTO external(external, rank) VALUES ('integrity-check', 1);
INSERT INTO bare(bare) VALUES ('integrity-check');
INSERT INTO prefixed(prefixed) VALUES ('optimize');
INSERT INTO prefixed(prefixed) VALUES ('rebuild');
INSERT INTO prefixed(prefixed) VALUES ('integrity-check');
-- words that go are no longer found in the vocabulary
SELECT rowid FROM external WHERE external MATCH allonym_expand('external', 'Tokayev') ORDER BY rowid;
-- inside a transaction that is undone
BEGIN;
INSERT INTO prefixed VALUES ('Лукашенко', '');
SELECT count(*) FROM prefixed WHERE prefixed MATCH allonym_expand('prefixed', 'Łukaszenka');
ROLLBACK;
SELECT count(*) FROM prefixed WHERE prefixed MATCH allonym_expand('prefixed', 'Łukaszenka');

-- Words in all spellings, phrases, NEAR, prefixes, marks on the original words.
CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize = 'allonym lang kk ru en names on');
INSERT INTO t VALUES ('kk', 'Президент Қасым-Жомарт Тоқаев Астанада сөйледі'), ('en', 'President Tokaev spoke in Nur-Sultan'),
    ('ru', 'В Нур-Султане Токаев встретил гостей'), ('none', 'Nothing here'), ('jp', 'Games in Tokyo');
SELECT rowid, highlight(t, 1, '[', ']') FROM t WHERE t MATCH 'Toqaev' ORDER BY rowid;
SELECT rowid, snippet(t, 1, '[', ']', '…', 4) FROM t WHERE t MATCH 'токаева' ORDER BY rowid;
-- a phrase across scripts
SELECT rowid, highlight(t, 1, '[', ']') FROM t WHERE t MATCH '"президент toqaev"';
SELECT rowid FROM t WHERE t MATCH '"toqaev президент"';
-- NEAR across scripts
SELECT rowid FROM t WHERE t MATCH 'NEAR(toqaev astana, 3)' ORDER BY rowid;
SELECT rowid FROM t WHERE t MATCH 'NEAR(президент astana, 1)' ORDER BY rowid;
-- prefixes, of the word and of its key
SELECT rowid, highlight(t, 1, '[', ']') FROM t WHERE t MATCH 'toqa*' ORDER BY rowid;
SELECT rowid FROM t WHERE t MATCH 'Tok*' ORDER BY rowid;
SELECT rowid FROM t WHERE t MATCH '"президент қас" *' ORDER BY rowid;
-- a name of several words, by one and by several
SELECT rowid, highlight(t, 1, '[', ']') FROM t WHERE t MATCH '"nur sultan"' ORDER BY rowid;
SELECT rowid FROM t WHERE t MATCH 'astana' ORDER BY rowid;
-- a stem half as long as another of the word says nothing
CREATE VIRTUAL TABLE f USING fts5(body, tokenize = 'allonym');
INSERT INTO f VALUES ('Pan ma czas'), ('Maas');
SELECT body FROM f WHERE f MATCH 'Maas';
DROP TABLE f;
-- columns, operators
SELECT rowid FROM t WHERE t MATCH 'title : en';
SELECT rowid FROM t WHERE t MATCH 'Tokayev NOT астанада' ORDER BY rowid;
-- the typed spelling only; terms as they are stored; a document's own words are none
SELECT rowid FROM t WHERE t MATCH '"=tokaev"';
SELECT rowid FROM t WHERE t MATCH '"==XEastana"' ORDER BY rowid;
INSERT INTO t VALUES ('own', 'XEastana ==XEastana XNtokaiv Ztoqaev');
SELECT rowid FROM t WHERE t MATCH '"==XEastana"' ORDER BY rowid;
DELETE FROM t WHERE title = 'own';
-- odd input
SELECT count(*) FROM t WHERE t MATCH '""';
SELECT count(*) FROM t WHERE t MATCH '"== "';
SELECT count(*) FROM t WHERE t MATCH '"="';
SELECT count(*) FROM t WHERE t MATCH '"..." *';
INSERT INTO t VALUES (CAST(x'FFD0' AS TEXT), CAST(x'D2F0C341' AS TEXT)), (NULL, ''), (1.5, x'00');
INSERT INTO t(t) VALUES ('integrity-check');
-- options
CREATE VIRTUAL TABLE bad USING fts5(a, tokenize = 'allonym colour red');
CREATE VIRTUAL TABLE bad USING fts5(a, tokenize = 'allonym lang xx');
CREATE VIRTUAL TABLE bad USING fts5(a, tokenize = 'allonym names');
CREATE VIRTUAL TABLE quoted USING fts5(a, tokenize = "allonym lang 'kk+ru+en' names current");
-- FTS5 itself refuses a bare + or -; an underscore it takes, and before a capital it belongs to the tag
CREATE VIRTUAL TABLE bad USING fts5(a, tokenize = 'allonym lang kk+ru+en names on');
CREATE VIRTUAL TABLE bare USING fts5(a, tokenize = 'allonym lang kk_ru_en names on');
CREATE VIRTUAL TABLE listed USING fts5(a, tokenize = 'allonym lang kk ru en names on');
SELECT allonym_check('bare') = allonym_check('listed');
CREATE VIRTUAL TABLE tag USING fts5(a, tokenize = 'allonym lang kk_sr_Latn');
CREATE VIRTUAL TABLE off USING fts5(a, tokenize = 'allonym names off');
INSERT INTO off VALUES ('Нур-Султан');
SELECT count(*) FROM off WHERE off MATCH 'astana';

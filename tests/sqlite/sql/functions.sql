-- allonym_expand, explain, check, tokenizer; what they refuse.
CREATE VIRTUAL TABLE n USING fts5(lang, date, title, text, tokenize = 'allonym');
INSERT INTO n VALUES ('kk', '2019-03-20', 'Тоқаев Астанада', 'Елбасы жолдауы'), ('en', '2019-06-12', 'Tokayev sworn in', 'The president took his oath'),
    ('de', '2023-01-05', 'Tokajew in Berlin', 'Der Präsident'), ('ru', '2009-12-31', 'Погода', 'Снег');
SELECT date FROM n WHERE n MATCH allonym_expand('n', 'Токаев') ORDER BY date;
SELECT date FROM n WHERE n MATCH allonym_expand('n', 'Токаев lang:en') ORDER BY date;
SELECT date FROM n WHERE n MATCH allonym_expand('n', 'Токаев date:2019') ORDER BY date;
SELECT date FROM n WHERE n MATCH allonym_expand('n', 'date:2019-03..2019-06') ORDER BY date;
SELECT date FROM n WHERE n MATCH allonym_expand('n', 'date:2019-06-12..') ORDER BY date;
SELECT date FROM n WHERE n MATCH allonym_expand('n', 'date:..2019-03-20') ORDER BY date;
SELECT date FROM n WHERE n MATCH allonym_expand('n', 'date:..2010 -Токаев') ORDER BY date;
SELECT date FROM n WHERE n MATCH allonym_expand('n', '-Токаев') ORDER BY date;
SELECT date FROM n WHERE n MATCH allonym_expand('n', 'title:Berlin OR Снег') ORDER BY date;
SELECT date FROM n WHERE n MATCH allonym_expand('main.n', '=tokajew') ORDER BY date;
SELECT date FROM n WHERE n MATCH allonym_expand('n', 'tokajew', 'exact') ORDER BY date;
SELECT date FROM n WHERE n MATCH allonym_expand('n', 'a "quoted', 'plain') ORDER BY date;
SELECT date FROM n WHERE n MATCH allonym_expand('n', '') ORDER BY date;
SELECT allonym_expand('n', NULL) IS NULL;
SELECT allonym_explain('n', 'title:Tokayev', title) FROM n WHERE n MATCH allonym_expand('n', 'title:Tokayev') ORDER BY date;
SELECT allonym_explain('n', '=Tokayev');
SELECT date FROM n WHERE n MATCH allonym_expand('n', 'Токаев') AND rank MATCH 'allonym_bm25()' ORDER BY date;
-- readings of one word: what is meant by itself, the lighter ones together; what weighs twice is written twice
SELECT allonym_expand('n', 'Berlin', 'rules names=off') LIKE '("==berlin Zberlin%" OR "==XNbirlin%")';
SELECT allonym_expand('n', 'Токаев', 'rules') LIKE '%("==XEtokayev" OR "==XEtokayev")%';
-- a rare word is not ranked as the common name that it may stand for
CREATE VIRTUAL TABLE r USING fts5(text, tokenize = 'allonym lang en');
INSERT INTO r VALUES ('European Parliament'), ('European Parliament'), ('European Parliament'), ('snow'), ('rain'), ('EPA'), ('wind'), ('frost'), ('dew');
SELECT rowid FROM r WHERE r MATCH allonym_expand('r', 'EPA') ORDER BY rank LIMIT 1;
SELECT rowid FROM r WHERE r MATCH allonym_expand('r', 'EPA') AND rank MATCH 'allonym_bm25()' ORDER BY rank LIMIT 1;
DROP TABLE r;
-- in texts the family name alone may be the person, after those who are named in full; in a list of names it is another one
CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = 'allonym lang en');
INSERT INTO texts VALUES ('The clerk said on Tuesday evening that Kozlowski would be back in the office by the end of next week, perhaps a little later'),
    ('The clerk said on Tuesday evening that Ryszard Kozlowski would be back in the office by the end of next week, perhaps a little later'),
    ('The clerk said on Tuesday evening that nobody would be back in the office by the end of next week, perhaps a little later');
SELECT rowid FROM texts WHERE texts MATCH allonym_expand('texts', 'Ryszard Kozlowski') AND rank MATCH 'allonym_bm25()' ORDER BY rank;
CREATE VIRTUAL TABLE list USING fts5(text, tokenize = 'allonym lang en');
INSERT INTO list VALUES ('Kozlowski'), ('Ryszard Kozlowski'), ('Andrzej Kozlowski');
SELECT rowid FROM list WHERE list MATCH allonym_expand('list', 'Ryszard Kozlowski');
DROP TABLE texts;
DROP TABLE list;
-- refused
SELECT allonym_expand('nowhere', 'x');
CREATE VIRTUAL TABLE other USING fts5(a);
SELECT allonym_expand('other', 'x');
SELECT allonym_expand('n', '(a');
SELECT allonym_expand('n', 'a', 'loudly');
SELECT allonym_tokenizer('lang xx');
-- a table of this version, of another one, and of none
SELECT allonym_check('n') LIKE 'ok % (no fingerprint in the tokenizer''s arguments)';
CREATE VIRTUAL TABLE old USING fts5(a, tokenize = 'allonym fingerprint 0_0_1_00000000');
INSERT INTO old VALUES ('Tokayev');
SELECT * FROM old WHERE old MATCH 'Tokayev';
SELECT replace(allonym_check('old'), substr(allonym_tokenizer(), 21), 'THIS');
SELECT allonym_expand('old', 'x') IS NULL;
SELECT count(*) FROM old;
DROP TABLE old;
-- an index that is not that of its documents
CREATE TABLE docs (id INTEGER PRIMARY KEY, a);
CREATE VIRTUAL TABLE x USING fts5(a, content = docs, content_rowid = id, tokenize = 'allonym');
INSERT INTO docs VALUES (1, 'Tokayev');
SELECT allonym_check('x') LIKE 'ok %';
INSERT INTO x(x) VALUES ('rebuild');
SELECT allonym_check('x') LIKE 'ok %';

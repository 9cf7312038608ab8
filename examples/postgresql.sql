-- Names in PostgreSQL: psql -f examples/postgresql.sql in a database whose encoding is UTF8. SPDX-License-Identifier: MIT
CREATE EXTENSION IF NOT EXISTS allonym;

CREATE TEMP TABLE news (id int PRIMARY KEY, lang text, date date, title text, body text,
    tsv tsvector GENERATED ALWAYS AS (
        setweight(allonym_vector(title, lang), 'A') || allonym_vector(body, lang)
        || allonym_filter('lang', lang) || allonym_filter('date', date)) STORED);
CREATE INDEX news_tsv ON news USING gin (tsv) WITH (fastupdate = off);
INSERT INTO news VALUES
    (1, 'kk', '2025-06-17', 'Астанада саммит өтті', 'Президент Қасым-Жомарт Тоқаев Астанада сөз сөйледі.'),
    (2, 'ru', '2019-06-12', 'Инаугурация', 'Президент Токаев прибыл в Нур-Султан.'),
    (3, 'zh', '2025-06-17', '峰会', '总统托卡耶夫在阿斯塔纳会见客人。'),
    (4, 'ru', '2024-05-01', 'Музей', 'Пистолет Токарева лежит под стеклом.');

-- One spelling finds all of them, and the word is marked in its own script.
SELECT id, ts_headline('allonym', body, q) FROM news, allonym_query('Tokayev') q WHERE tsv @@ q ORDER BY ts_rank_cd(tsv, q) DESC, id;
-- The town under its other name; operators, a phrase, a field, a language, a range of dates.
SELECT id FROM news WHERE tsv @@ allonym_query('Nur-Sultan date:2020..') ORDER BY id;
SELECT id FROM news WHERE tsv @@ allonym_query('"president Tokayev" -title:Astana lang:ru') ORDER BY id;
-- With the spellings that occur in the index, found by the learned models.
SELECT id FROM news WHERE tsv @@ allonym_expand('news_tsv', 'Toqaev') ORDER BY id;
-- PostgreSQL's own query functions work as well.
SELECT id FROM news WHERE tsv @@ websearch_to_tsquery('allonym_query', 'tokayev -astana') ORDER BY id;
-- Were all vectors made by this version?
SELECT * FROM allonym_check('news');

CREATE EXTENSION allonym;
CREATE TABLE news (id text PRIMARY KEY, title text, body text);
INSERT INTO news VALUES
    ('kk', 'Астанада саммит', 'Президент Қасым-Жомарт Тоқаев Астанада сөз сөйледі.'),
    ('ru', 'Саммит в столице', 'Президент Токаев прибыл в Нур-Султан на саммит.'),
    ('en', 'Summit', 'President Tokayev opened the summit in Astana.'),
    ('zh', '峰会', '总统托卡耶夫在阿斯塔纳会见客人'),
    ('ar', 'قمة', 'الرئيس توكاييف في أستانا'),
    ('tokarev', 'Оружие', 'Пистолет Токарева лежал на столе.'),
    ('air', 'Wizzair', 'Wizzair flies to Kutaisi.');
ALTER TABLE news ADD tsv tsvector GENERATED ALWAYS AS
    (setweight(to_tsvector('allonym', title), 'A') || to_tsvector('allonym', body)) STORED;
CREATE INDEX news_tsv ON news USING gin (tsv);
ANALYZE news;
SET enable_seqscan = off;
CREATE FUNCTION found(tsquery) RETURNS text STABLE LANGUAGE sql AS
    $$SELECT string_agg(id, ' ' ORDER BY id COLLATE "C") FROM news WHERE tsv @@ $1$$;
EXPLAIN (COSTS OFF) SELECT id FROM news WHERE tsv @@ 'XEtokayev';
-- PostgreSQL's own ways to ask.
SELECT found(plainto_tsquery('allonym_query', 'Tokayev')) AS latin, found(plainto_tsquery('allonym_query', 'Токаева')) AS inflected,
    found(plainto_tsquery('allonym_query', '托卡耶夫')) AS chinese, found(plainto_tsquery('allonym_query', 'توكاييف')) AS arabic;
SELECT found(to_tsquery('allonym_query', 'Tokayev & !Astana')) AS to_tsquery, found(to_tsquery('allonym_query', 'Tokayev | Wizzair')) AS either;
SELECT found(websearch_to_tsquery('allonym_query', '"president tokayev" -kutaisi')) AS websearch;
SELECT found(plainto_tsquery('allonym_query', 'Nur Sultan')) AS renamed, found(plainto_tsquery('allonym_query', 'Wizz Air')) AS joined;
-- Phrases across scripts.
SELECT found(phraseto_tsquery('allonym_query', 'president Tokayev')) AS phrase, found(phraseto_tsquery('allonym_query', 'Tokayev president')) AS turned;
SELECT found(phraseto_tsquery('allonym_query', 'в Нурсултан')) AS name_of_two_words;
-- Prefixes: of the word as it is written.
SELECT found(to_tsquery('allonym_query', 'Wizz:*')) AS prefix;
-- Function words beside others need not match.
SELECT found(plainto_tsquery('allonym_query', 'the president of Astana')) AS particles, plainto_tsquery('allonym_query', '... !') AS nothing;
-- allonym's own language.
SELECT found(allonym_query('Tokayev')) AS word, found(allonym_query('"президент Токаев"')) AS phrase,
    found(allonym_query('Tokayev -Нур-Султан')) AS without, found(allonym_query('title:Astana')) AS title;
SELECT found(allonym_query('Tokayev NEAR/3 summit')) AS near, found(allonym_query('Tokayev NEAR/9 summit')) AS wider,
    found(allonym_query('Wizzair NEAR summit')) AS apart;
SELECT found(allonym_query('=Токаев')) AS exact, found(allonym_query('Токаев', 'exact')) AS exact_option,
    found(allonym_query('tokayev AND (astana OR "nur sultan")', 'plain')) AS plain;
SELECT found(allonym_query('Tokayev', 'lang=en')) AS language;
SELECT found(allonym_query('Kutaisi Tokayev', 'broad')) AS broad, found(allonym_query('Kutaisi Tokayev')) AS both_words;
SELECT allonym_query('') AS nothing, allonym_query('title:Astana', 'exact') AS label;
SELECT found(allonym_query('-Astana')) AS not_only;
-- With the spellings of an index.
SELECT found(allonym_expand('news_tsv', 'Tokayev')) AS index, found(allonym_expand('news', 'Tokayev')) AS of_table,
    found(allonym_expand('news', 'Tokayev', 'exact')) AS exact;
INSERT INTO news VALUES ('ja', '首相', 'フメリニツキー氏が会見した。'), ('uk', 'Зустріч', 'Хмельницький прибув до міста.');
SELECT gin_clean_pending_list('news_tsv') > 0 AS merged;
SELECT found(allonym_query('Khmelnytskyi')) AS by_rules, found(allonym_expand('news', 'Khmelnytskyi')) AS by_index;
SELECT found(allonym_query('Astana', 'names=off')) AS without_names, found(allonym_query('Astana', 'names=all')) AS with_names;
-- Filters and ranges.
SELECT allonym_filter('lang', 'kk') AS text, allonym_filter('date', date '2025-06-17') AS date;
SELECT allonym_query('lang:kk date:2025-06');
SELECT v @@ allonym_query('date:2019..2025') AS within, v @@ allonym_query('date:2019..2025-06-16') AS before,
    v @@ allonym_query('date:..2024') AS open_start, v @@ allonym_query('date:2025-06-17..') AS open_end
    FROM allonym_filter('date', date '2025-06-17') v;
SELECT count(*) AS wrong FROM generate_series(date '1998-12-25', date '2003-02-03', '1 day') d
    WHERE allonym_filter('date', d::date) @@ allonym_query('date:1999-12-31..2001-02-28')
        <> (d BETWEEN '1999-12-31' AND '2001-02-28');
-- Errors.
SELECT allonym_query('(Tokayev');
SELECT allonym_query('Tokayev', 'fuzzy');
SELECT allonym_query('Tokayev', 'lang=klingon');
SELECT allonym_expand('news_pkey', 'Tokayev');
SELECT allonym_expand('pg_class', 'Tokayev');
SELECT allonym_expand(0::regclass, 'Tokayev');
SELECT allonym_expand('news', '(Tokayev');
SELECT allonym_filter('date', 'infinity'::date);
CREATE ROLE allonym_guest;
GRANT SELECT (id) ON news TO allonym_guest;
SET ROLE allonym_guest;
SELECT allonym_expand('news_tsv', 'Tokayev');
RESET ROLE;
ALTER TABLE news ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON news TO allonym_guest;
SET ROLE allonym_guest;
SELECT allonym_expand('news_tsv', 'Tokayev');
RESET ROLE;
DROP OWNED BY allonym_guest;
DROP ROLE allonym_guest;
-- A stop, in the middle of a long text, is heeded.
CREATE TABLE long AS SELECT string_agg('Tokayev' || i, ' ') AS body FROM generate_series(1, 2000000) i;
SET statement_timeout = '300ms';
SELECT length(to_tsvector('allonym', body)) FROM long;
RESET statement_timeout;
SELECT found(allonym_query('Tokayev')) AS still_fine;

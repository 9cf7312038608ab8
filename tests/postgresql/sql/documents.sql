CREATE EXTENSION allonym;
-- What the tokens are: they cover the text without gaps.
SELECT * FROM ts_token_type('allonym');
SELECT * FROM ts_parse('allonym', 'Тоқаев, Нур-Султан — 托卡耶夫!');
SELECT string_agg(token, '') = 'Тоқаев, Нур-Султан — 托卡耶夫!' AS covered
    FROM ts_parse('allonym', 'Тоқаев, Нур-Султан — 托卡耶夫!');
-- Several lexemes at one position; a name of several words has its id at the first and the last.
CREATE FUNCTION lexemes(tsvector) RETURNS TABLE (lexeme text, positions int2[]) IMMUTABLE LANGUAGE sql AS
    $$SELECT lexeme, positions FROM unnest($1) WHERE lexeme ~ '^[^X]|^XE' AND lexeme !~ '^Z'$$;
SELECT * FROM lexemes(to_tsvector('allonym', 'Тоқаев Нур-Султан қаласында'));
-- The dictionary alone sees a word without its text.
SELECT 'XEastana' = ANY (ts_lexize('allonym', 'Астанада')) AS known, ts_lexize('allonym', '...') AS nothing;
SELECT token, dictionary, 'XEtokayev' = ANY (lexemes) AS tokayev FROM ts_debug('allonym', 'Тоқаев келді');
-- An id in the context of the text, not of the word.
SELECT to_tsvector('allonym', 'Nur Sultan') @@ 'XEastana~f' AS two_words, to_tsvector('allonym', 'Sultan') @@ 'XEastana' AS one;
-- Positions are counted on when vectors are joined.
SELECT * FROM lexemes(to_tsvector('allonym', 'Astana') || to_tsvector('allonym', 'Tokayev'));
-- Nothing, and what is no text.
SELECT to_tsvector('allonym', '') AS empty, to_tsvector('allonym', ' ... — !') AS blank;
SELECT length(to_tsvector('allonym', repeat('a', 5000))) > 0 AS long_word;
SELECT count(*), sum(length(token)), max(length(token)) FROM ts_parse('allonym', repeat('a', 5000) || ' ' || repeat('.', 5000));
SELECT count(*), sum(octet_length(token)), max(octet_length(token)) FROM ts_parse('allonym', repeat('я', 5000));
-- A long text.
SELECT length(v) > 10, v @@ plainto_tsquery('allonym_query', 'Astana') AS found
    FROM to_tsvector('allonym', repeat('Президент Тоқаев Астанада болды. ', 3000)) v;
-- Errors in the middle of a parse leave nothing behind.
DO $$
BEGIN
    FOR i IN 1..3 LOOP
        BEGIN
            PERFORM to_tsvector('allonym', string_agg('name' || g, ' ')) FROM generate_series(1, 200000) g;
        EXCEPTION WHEN program_limit_exceeded THEN
            RAISE NOTICE 'too long';
        END;
    END LOOP;
END $$;
SELECT to_tsvector('allonym', 'Астана') @@ 'XEastana' AS still_fine;
-- Options of the dictionary.
CREATE TEXT SEARCH DICTIONARY bad (TEMPLATE = allonym, language = 'kk');
CREATE TEXT SEARCH DICTIONARY bad (TEMPLATE = allonym, query = 'perhaps');
-- Another parser's words are analyzed one by one.
CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION plain ALTER MAPPING FOR word, asciiword WITH allonym;
SELECT to_tsvector('plain', 'Президент Тоқаев') @@ plainto_tsquery('allonym_query', 'Tokayev') AS found;
-- A vector with its language given is the same, but for what the language decides.
SELECT allonym_vector(b) = to_tsvector('allonym', b) AS same FROM (VALUES
    (''), ('...'), ('Президент Қасым-Жомарт Тоқаев Нур-Султан қаласында'), ('总统托卡耶夫在阿斯塔纳会见客人'),
    (repeat('President Tokayev came to Astana. ', 5000)), (repeat('a', 5000))) v (b);
SELECT allonym_vector(NULL, 'kk') IS NULL AS nothing, allonym_vector('Тоқаев', '') = allonym_vector('Тоқаев', NULL) AS not_known;
SELECT 'Zастана' = ANY (tsvector_to_array(allonym_vector('Астанадағы', 'kk'))) AS kazakh,
    'Zастана' = ANY (tsvector_to_array(allonym_vector('Астанадағы', 'en'))) AS of_another_script;
DO $$
BEGIN
    PERFORM allonym_vector(string_agg('name' || g, ' '), 'en') FROM generate_series(1, 200000) g;
EXCEPTION WHEN program_limit_exceeded THEN
    RAISE NOTICE 'too long';
END $$;
-- How much a backend remembers decides about no lexeme.
SET allonym.memory = '8MB';
SELECT allonym_vector('Тоқаев Астанада') = (SELECT to_tsvector('allonym', 'Тоқаев Астанада')) AS same, current_setting('allonym.memory');
SET allonym.memory = '1kB';
RESET allonym.memory;

CREATE EXTENSION allonym;
-- The word as it is written, in its own script.
SELECT ts_headline('allonym', 'Президент Қасым-Жомарт Тоқаев Астанада сөз сөйледі.', allonym_query('Tokayev'));
SELECT ts_headline('allonym', 'Президент Токаев прибыл в Нур-Султан.', plainto_tsquery('allonym_query', 'Astana'));
SELECT ts_headline('allonym', '总统托卡耶夫在阿斯塔纳会见客人', allonym_query('Tokayev'));
SELECT ts_headline('allonym', '总统托卡耶夫在阿斯塔纳会见客人', allonym_query('托卡耶夫'));
-- A name of several words is one.
SELECT ts_headline('allonym', 'The United States of America said so.', allonym_query('США'));
SELECT ts_headline('allonym', 'Wizzair flies; Wizz Air flies.', allonym_query('Wizz Air'));
-- Nothing found; no query; marks inside a word do not harm.
SELECT ts_headline('allonym', 'Nothing here.', allonym_query('Tokayev'));
SELECT ts_headline('allonym', 'Nothing here.', ''::tsquery);
SELECT ts_headline('allonym', '', allonym_query('Tokayev'));
-- PostgreSQL's own options.
SELECT ts_headline('allonym', repeat('There is much to tell. ', 20) || 'Then President Tokaev came. ' || repeat('And more was told. ', 20),
    allonym_query('Токаев'), 'StartSel=[, StopSel=], MaxWords=12, MinWords=5');
SELECT ts_headline('allonym', repeat('There is much to tell. ', 20) || 'Then President Tokaev came to Nur-Sultan. ' || repeat('And more was told. ', 20),
    allonym_query('Токаев Астана'), 'MaxFragments=2, MaxWords=9, MinWords=3, FragmentDelimiter=" ... "');
SELECT ts_headline('allonym', 'Nur-Sultan', allonym_query('Astana'), 'HighlightAll=true');

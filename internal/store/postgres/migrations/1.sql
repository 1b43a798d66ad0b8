-- The library's first format.
--
-- An article's number n is the day it was published, counted in days since the year 1, times
-- 2^40, plus a number from a sequence; an unknown day is day 0. So the order of n is the order of
-- days, a stretch of days is a stretch of n, and a month is a partition of every table that grows
-- with the articles. Times are microseconds since 1970; 0 is no time. A key is the digest of a
-- text that may be too long for an index. Texts are in order of their bytes (COLLATE "C").

CREATE TABLE library(
  key   text COLLATE "C" PRIMARY KEY,
  value bigint NOT NULL
);

CREATE SEQUENCE numbers;

CREATE TABLE counts(              -- one row, changed by whoever has the last turn of its transaction
  turn     bigint NOT NULL,       -- the last place given in the order of keeping
  articles bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO counts VALUES(0, 0);

CREATE TABLE outlets(
  o    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key  bytea NOT NULL UNIQUE,
  name text COLLATE "C" NOT NULL
);

CREATE TABLE ids(                 -- where an article stands; its row is locked by who changes it
  id text COLLATE "C" PRIMARY KEY,
  n  bigint NOT NULL
);

CREATE TABLE articles(
  n           bigint PRIMARY KEY,
  id          text COLLATE "C" NOT NULL,
  o           integer NOT NULL,
  s           bigint,
  published   text COLLATE "C" NOT NULL,
  title       text COLLATE "C" NOT NULL,
  url         text COLLATE "C" NOT NULL,
  reader      text COLLATE "C" NOT NULL,
  words       bytea NOT NULL,     -- digest of headline and text
  whole       bytea NOT NULL,     -- digest of record, identities and sketch
  kept        bigint NOT NULL,
  changed     bigint NOT NULL,
  gone        bigint NOT NULL,
  captures    integer NOT NULL,   -- how many
  statements  integer NOT NULL,
  events      integer NOT NULL,
  commitments integer NOT NULL,
  kinds       text[] NOT NULL,    -- of its events, each once
  things      bytea NOT NULL,     -- of its entities, in their order, as uvarints
  speakers    bytea NOT NULL,     -- the things that speak, each once
  fresh       bigint,             -- its place among those to be joined
  place       bigint NOT NULL     -- in the order of keeping, another with every other text or headline
) PARTITION BY RANGE (n);
CREATE INDEX articles_s ON articles(s) WHERE s IS NOT NULL;
CREATE INDEX articles_fresh ON articles(n) WHERE fresh IS NOT NULL;
CREATE INDEX articles_place ON articles(place);

CREATE TABLE records(
  n        bigint PRIMARY KEY,
  record   bytea NOT NULL,        -- the published form, compressed
  sketch   bytea NOT NULL,
  given    bytea NOT NULL,        -- the things of its entities as they were given, as uvarints
  known    bytea NOT NULL,        -- and as joining knew them
  persons  bytea NOT NULL,        -- index, role and country of the entities that are persons
  readings bytea NOT NULL         -- JSON
) PARTITION BY RANGE (n);
ALTER TABLE records ALTER record SET STORAGE EXTERNAL, ALTER sketch SET STORAGE EXTERNAL;

-- The index of words: search forms (internal/query) of headline and text, and of other fields
-- with a letter before each that names the field.
CREATE TABLE words(
  n      bigint PRIMARY KEY,
  size   integer NOT NULL,        -- of the text, in words
  long   boolean NOT NULL,        -- it has more words than places in a tsvector: none are noted
  heard  bytea NOT NULL,          -- how often each word of headline and text stands there
  marked bytea NOT NULL,          -- and each word of the other fields
  forms  tsvector NOT NULL
) PARTITION BY RANGE (n);
-- Only numbers stand in the rows themselves (toast_tuple_target of every partition): what is
-- counted or put in order is read with little else.
ALTER TABLE words ALTER heard SET STORAGE EXTERNAL, ALTER marked SET STORAGE EXTERNAL, ALTER forms SET STORAGE EXTERNAL;
CREATE INDEX words_forms ON words USING gin(forms);
CREATE INDEX words_long ON words(n) WHERE long;

CREATE TABLE captures(
  n      bigint NOT NULL,
  i      integer NOT NULL,
  url    text COLLATE "C" NOT NULL,
  feed   text COLLATE "C" NOT NULL,
  at     bigint NOT NULL,
  status integer NOT NULL,
  form   text COLLATE "C" NOT NULL,
  media  text COLLATE "C" NOT NULL,
  file   text COLLATE "C" NOT NULL,
  start  bigint NOT NULL,
  size   bigint NOT NULL,
  digest text COLLATE "C" NOT NULL,
  outlet text COLLATE "C" NOT NULL, -- outlet, title and published as told from outside
  title  text COLLATE "C" NOT NULL,
  published text COLLATE "C" NOT NULL,
  PRIMARY KEY(n, i)
) PARTITION BY RANGE (n);

CREATE TABLE mentions(            -- which thing an entity of a record is
  n    bigint NOT NULL,
  i    integer NOT NULL,          -- into the record's entities
  t    bigint NOT NULL,
  says integer NOT NULL,          -- how many statements are its
  name text COLLATE "C" NOT NULL,
  role text COLLATE "C" NOT NULL,
  PRIMARY KEY(n, i)
) PARTITION BY RANGE (n);
CREATE INDEX mentions_t ON mentions(t, n);

CREATE TABLE vacated(             -- days that articles left, to be joined anew
  day  bigint PRIMARY KEY,
  turn bigint NOT NULL
);

CREATE TABLE stories(
  s       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id      text COLLATE "C" NOT NULL UNIQUE,
  first   text COLLATE "C" NOT NULL,
  last    text COLLATE "C" NOT NULL,
  outlets integer NOT NULL,       -- how many tell it
  differs integer NOT NULL,       -- on how many things they disagree
  story   bytea NOT NULL          -- isnad.Story in JSON, compressed
);
ALTER TABLE stories ALTER story SET STORAGE EXTERNAL;
CREATE INDEX stories_differs ON stories(s) WHERE differs > 0;

CREATE TABLE moved(               -- stories that are no more
  old text COLLATE "C" PRIMARY KEY,
  new text COLLATE "C" NOT NULL
);

CREATE TABLE things(
  t        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key      bytea NOT NULL UNIQUE,
  id       text COLLATE "C" NOT NULL,
  kind     text COLLATE "C" NOT NULL,
  country  text COLLATE "C" NOT NULL,
  hand     text COLLATE "C" NOT NULL, -- its name as set by hand, or empty
  articles integer NOT NULL       -- how many name it
);
CREATE INDEX things_articles ON things(articles) WHERE articles > 0;

CREATE TABLE forms(               -- the names of things
  t        bigint NOT NULL,
  key      bytea NOT NULL,
  name     text COLLATE "C" NOT NULL,
  mentions integer NOT NULL,      -- how many entities of records have it
  PRIMARY KEY(t, key)
);

CREATE TABLE namewords(           -- the search forms of the words of names
  key bytea NOT NULL,
  t   bigint NOT NULL,
  PRIMARY KEY(key, t)
);
CREATE INDEX namewords_t ON namewords(t);

CREATE TABLE settlements(
  k       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  article text COLLATE "C" NOT NULL,
  words   text COLLATE "C" NOT NULL, -- of the commitment, as it stood when it was settled
  what    text COLLATE "C" NOT NULL,
  ending  text COLLATE "C" NOT NULL,
  source  text COLLATE "C" NOT NULL,
  note    text COLLATE "C" NOT NULL,
  hand    text COLLATE "C" NOT NULL,
  at      bigint NOT NULL
);
CREATE INDEX settlements_article ON settlements(article);

CREATE TABLE commitments(
  n   bigint NOT NULL,
  i   integer NOT NULL,           -- into the record's commitments
  due text COLLATE "C" NOT NULL,  -- ISO date; '~', behind all of them, when there is none
  k   bigint,
  PRIMARY KEY(n, i)
);
CREATE INDEX commitments_due ON commitments(due, n, i);

CREATE TABLE corrections(
  c        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  do_      text COLLATE "C" NOT NULL,
  thing    text COLLATE "C" NOT NULL,
  target   text COLLATE "C" NOT NULL, -- the thing it went into; of a split, the new thing
  articles text COLLATE "C" NOT NULL, -- JSON
  name     text COLLATE "C" NOT NULL,
  hand     text COLLATE "C" NOT NULL,
  at       bigint NOT NULL
);

CREATE TABLE merges(              -- things that are another, by hand
  old text COLLATE "C" PRIMARY KEY,
  new text COLLATE "C" NOT NULL
);

CREATE TABLE splits(              -- articles in which a thing is another, by hand
  article text COLLATE "C" NOT NULL,
  old     text COLLATE "C" NOT NULL,
  new     text COLLATE "C" NOT NULL,
  PRIMARY KEY(article, old)
);

CREATE TABLE feeds(
  url      text COLLATE "C" PRIMARY KEY,
  title    text COLLATE "C" NOT NULL,
  outlet   text COLLATE "C" NOT NULL,
  folder   text COLLATE "C" NOT NULL,
  every    bigint NOT NULL,       -- nanoseconds
  added    bigint NOT NULL,
  checked  bigint NOT NULL,
  due      bigint NOT NULL,
  fresh    bigint NOT NULL,
  etag     text COLLATE "C" NOT NULL,
  modified text COLLATE "C" NOT NULL,
  failures integer NOT NULL,
  trouble  text COLLATE "C" NOT NULL,
  articles integer NOT NULL
);

CREATE TABLE pages(
  key       bytea PRIMARY KEY,
  url       text COLLATE "C" NOT NULL,
  feed      text COLLATE "C" NOT NULL,
  title     text COLLATE "C" NOT NULL,
  published text COLLATE "C" NOT NULL,
  article   text COLLATE "C" NOT NULL,
  etag      text COLLATE "C" NOT NULL,
  modified  text COLLATE "C" NOT NULL,
  visited   bigint NOT NULL,
  due       bigint NOT NULL,
  failures  integer NOT NULL,
  trouble   text COLLATE "C" NOT NULL
);
CREATE INDEX pages_due ON pages(due) WHERE due <> 0;

CREATE TABLE bookmarks(
  key      bytea PRIMARY KEY,
  name     text COLLATE "C" NOT NULL,
  position text COLLATE "C" NOT NULL
);

CREATE TABLE papers(
  kind text COLLATE "C" NOT NULL,
  key  bytea NOT NULL,
  name text COLLATE "C" NOT NULL,
  text bytea NOT NULL,
  PRIMARY KEY(kind, key)
);

CREATE TABLE acts(
  a    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at   bigint NOT NULL,
  hand text COLLATE "C" NOT NULL,
  came text COLLATE "C" NOT NULL, -- the network address it came from
  do_  text COLLATE "C" NOT NULL,
  done text COLLATE "C" NOT NULL, -- what it was done to
  note text COLLATE "C" NOT NULL
);

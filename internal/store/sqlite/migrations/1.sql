-- The library's first format.
--
-- An article's number n is the day it was published, counted in days since the year 1, times
-- 2^24, plus a number within the day; an unknown day is day 0. So the order of n is the order of
-- days, and a stretch of days is a stretch of n, in every table and in the index of words.
-- Times are microseconds since 1970; 0 is no time.

CREATE TABLE library(
  key   TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE outlets(
  o    INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  fold TEXT NOT NULL            -- as it is asked for
) STRICT;

CREATE TABLE stories(
  s       INTEGER PRIMARY KEY,
  id      TEXT NOT NULL UNIQUE,
  first   TEXT NOT NULL,
  last    TEXT NOT NULL,
  outlets INTEGER NOT NULL,     -- how many tell it
  differs INTEGER NOT NULL,     -- on how many things they disagree
  story   BLOB NOT NULL         -- isnad.Story in JSON, compressed
) STRICT;

CREATE TABLE moved(             -- stories that are no more
  old TEXT PRIMARY KEY,
  new TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE articles(
  n           INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  o           INTEGER NOT NULL REFERENCES outlets,
  s           INTEGER REFERENCES stories ON DELETE SET NULL,
  published   TEXT NOT NULL,
  title       TEXT NOT NULL,
  url         TEXT NOT NULL,
  reader      TEXT NOT NULL,
  words       BLOB NOT NULL,    -- digest of headline and text
  whole       BLOB NOT NULL,    -- digest of record, identities and sketch
  kept        INTEGER NOT NULL,
  changed     INTEGER NOT NULL,
  gone        INTEGER NOT NULL,
  captures    INTEGER NOT NULL, -- how many
  statements  INTEGER NOT NULL,
  events      INTEGER NOT NULL,
  commitments INTEGER NOT NULL,
  fresh       INTEGER           -- its place among those to be joined
) STRICT;
CREATE INDEX articles_o ON articles(o, n);
CREATE INDEX articles_narrow ON articles(n, o, s, captures, statements, events, commitments); -- what counting reads of many articles
CREATE INDEX articles_s ON articles(s) WHERE s IS NOT NULL;
CREATE UNIQUE INDEX articles_fresh ON articles(fresh) WHERE fresh IS NOT NULL;

CREATE TABLE vacated(           -- days that articles left, to be joined anew
  day INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE records(
  n      INTEGER PRIMARY KEY REFERENCES articles ON UPDATE CASCADE ON DELETE CASCADE,
  record BLOB NOT NULL          -- the published form, compressed
) STRICT;

CREATE TABLE sketches(
  n      INTEGER PRIMARY KEY REFERENCES articles ON UPDATE CASCADE ON DELETE CASCADE,
  sketch BLOB NOT NULL
) STRICT;

CREATE TABLE captures(
  n      INTEGER NOT NULL REFERENCES articles ON UPDATE CASCADE ON DELETE CASCADE,
  i      INTEGER NOT NULL,
  url    TEXT NOT NULL,
  feed   TEXT NOT NULL,
  at     INTEGER NOT NULL,
  status INTEGER NOT NULL,
  form   TEXT NOT NULL,
  media  TEXT NOT NULL,
  file   TEXT NOT NULL,
  start  INTEGER NOT NULL,
  size   INTEGER NOT NULL,
  digest TEXT NOT NULL,
  outlet TEXT NOT NULL,         -- outlet, title and published as told from outside
  title  TEXT NOT NULL,
  published TEXT NOT NULL,
  PRIMARY KEY(n, i)
) STRICT, WITHOUT ROWID;

CREATE TABLE readings(
  n      INTEGER NOT NULL REFERENCES articles ON UPDATE CASCADE ON DELETE CASCADE,
  i      INTEGER NOT NULL,
  reader TEXT NOT NULL,
  at     INTEGER NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY(n, i)
) STRICT, WITHOUT ROWID;

-- The index of words: search forms (internal/query) of the headline and the text; of other
-- fields with a letter before each that names the field.
CREATE VIRTUAL TABLE words USING fts5(title, text, fields, content='', contentless_delete=1, tokenize='forms');
INSERT INTO words(words, rank) VALUES('automerge', 8);

CREATE TABLE things(
  t        INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  kind     TEXT NOT NULL,
  country  TEXT NOT NULL,
  hand     TEXT NOT NULL,       -- its name as set by hand, or empty
  articles INTEGER NOT NULL     -- how many name it
) STRICT;
CREATE INDEX things_articles ON things(articles DESC, id);

CREATE TABLE forms(             -- the names of things
  t        INTEGER NOT NULL REFERENCES things,
  name     TEXT NOT NULL,
  mentions INTEGER NOT NULL,    -- how many entities of records have it
  PRIMARY KEY(t, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE namewords(         -- the search forms of the words of names
  word TEXT NOT NULL,
  t    INTEGER NOT NULL REFERENCES things,
  PRIMARY KEY(word, t)
) STRICT, WITHOUT ROWID;

CREATE TABLE mentions(          -- which thing an entity of a record is
  t    INTEGER NOT NULL REFERENCES things,
  n    INTEGER NOT NULL REFERENCES articles ON UPDATE CASCADE ON DELETE CASCADE,
  i    INTEGER NOT NULL,        -- into the record's entities
  says INTEGER NOT NULL,        -- how many statements are its
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY(t, n, i)
) STRICT, WITHOUT ROWID;

-- The other way round: the things of an article's entities, in the order of the entities, as
-- uvarints: as they are now, as they were given, and as joining knew them.
CREATE TABLE named(
  n        INTEGER PRIMARY KEY REFERENCES articles ON UPDATE CASCADE ON DELETE CASCADE,
  things   BLOB NOT NULL,
  given    BLOB NOT NULL,
  known    BLOB NOT NULL,
  speakers BLOB NOT NULL,       -- the things that speak, each once
  persons  BLOB NOT NULL        -- index, role and country of the entities that are persons
) STRICT;

CREATE TABLE events(
  n    INTEGER NOT NULL REFERENCES articles ON UPDATE CASCADE ON DELETE CASCADE,
  type TEXT NOT NULL,
  PRIMARY KEY(n, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE settlements(
  k       INTEGER PRIMARY KEY,
  article TEXT NOT NULL,
  words   TEXT NOT NULL,        -- of the commitment, as it stood when it was settled
  what    TEXT NOT NULL,
  ending  TEXT NOT NULL,
  source  TEXT NOT NULL,
  note    TEXT NOT NULL,
  hand    TEXT NOT NULL,
  at      INTEGER NOT NULL
) STRICT;
CREATE INDEX settlements_article ON settlements(article);

CREATE TABLE commitments(
  n   INTEGER NOT NULL REFERENCES articles ON UPDATE CASCADE ON DELETE CASCADE,
  i   INTEGER NOT NULL,         -- into the record's commitments
  due TEXT NOT NULL,            -- ISO date; '~', behind all of them, when there is none
  k   INTEGER REFERENCES settlements ON DELETE SET NULL,
  PRIMARY KEY(n, i)
) STRICT, WITHOUT ROWID;
CREATE INDEX commitments_due ON commitments(due, n, i);
CREATE INDEX commitments_k ON commitments(k) WHERE k IS NOT NULL;

CREATE TABLE corrections(
  c        INTEGER PRIMARY KEY,
  do       TEXT NOT NULL,
  thing    TEXT NOT NULL,
  target   TEXT NOT NULL,       -- the thing it went into; of a split, the new thing
  articles TEXT NOT NULL,       -- JSON
  name     TEXT NOT NULL,
  hand     TEXT NOT NULL,
  at       INTEGER NOT NULL
) STRICT;

CREATE TABLE merges(            -- things that are another, by hand
  old TEXT PRIMARY KEY,
  new TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE splits(            -- articles in which a thing is another, by hand
  article TEXT NOT NULL,
  old     TEXT NOT NULL,
  new     TEXT NOT NULL,
  PRIMARY KEY(article, old)
) STRICT, WITHOUT ROWID;

CREATE TABLE feeds(
  url      TEXT PRIMARY KEY,
  title    TEXT NOT NULL,
  outlet   TEXT NOT NULL,
  folder   TEXT NOT NULL,
  every    INTEGER NOT NULL,    -- nanoseconds
  added    INTEGER NOT NULL,
  checked  INTEGER NOT NULL,
  due      INTEGER NOT NULL,
  fresh    INTEGER NOT NULL,
  etag     TEXT NOT NULL,
  modified TEXT NOT NULL,
  failures INTEGER NOT NULL,
  trouble  TEXT NOT NULL,
  articles INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pages(
  url       TEXT PRIMARY KEY,
  feed      TEXT NOT NULL,
  title     TEXT NOT NULL,
  published TEXT NOT NULL,
  article   TEXT NOT NULL,
  etag      TEXT NOT NULL,
  modified  TEXT NOT NULL,
  visited   INTEGER NOT NULL,
  due       INTEGER NOT NULL,
  failures  INTEGER NOT NULL,
  trouble   TEXT NOT NULL
) STRICT;
CREATE INDEX pages_due ON pages(due, url) WHERE due <> 0;

CREATE TABLE bookmarks(
  name     TEXT PRIMARY KEY,
  position TEXT NOT NULL
) STRICT, WITHOUT ROWID;

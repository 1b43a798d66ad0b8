-- What other programs may do meanwhile: the order of keeping; days that articles left tell when one left; papers
-- of those who work with the library; the log of what was done by hand.

ALTER TABLE vacated ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;

-- An article's place in the order of keeping, another with every other text or headline; 0 of
-- what was kept before there were places.
ALTER TABLE articles ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX articles_place ON articles(place) WHERE place > 0;

CREATE TABLE papers(
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  text BLOB NOT NULL,
  PRIMARY KEY(kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE acts(
  a    INTEGER PRIMARY KEY AUTOINCREMENT,
  at   INTEGER NOT NULL,
  hand TEXT NOT NULL,
  came TEXT NOT NULL,           -- the network address it came from
  do   TEXT NOT NULL,
  done TEXT NOT NULL,           -- what it was done to
  note TEXT NOT NULL
) STRICT;

-- The stories in their orders, and those in which outlets differ.
CREATE INDEX stories_weight ON stories(outlets DESC, last DESC, id);
CREATE INDEX stories_latest ON stories(last DESC, outlets DESC, id);
CREATE INDEX stories_differ ON stories(last DESC, outlets DESC, id) WHERE differs > 0;

-- How often each day changed: what was counted of a day holds as long as that stays.
CREATE TABLE days(
  day     INTEGER PRIMARY KEY,
  version INTEGER NOT NULL
) STRICT;
INSERT INTO days SELECT DISTINCT n >> 24, 1 FROM articles;

-- The names and mentions of things, as they were, but for the foreign keys: to look for the
-- parents of twenty rows an article takes longer than to write them, and to move one article
-- went through all mentions. isnad check proves them.
CREATE TABLE newforms(t INTEGER NOT NULL, name TEXT NOT NULL, mentions INTEGER NOT NULL, PRIMARY KEY(t, name)) STRICT, WITHOUT ROWID;
INSERT INTO newforms SELECT * FROM forms;
DROP TABLE forms;
ALTER TABLE newforms RENAME TO forms;
CREATE TABLE newwords(word TEXT NOT NULL, t INTEGER NOT NULL, PRIMARY KEY(word, t)) STRICT, WITHOUT ROWID;
INSERT INTO newwords SELECT * FROM namewords;
DROP TABLE namewords;
ALTER TABLE newwords RENAME TO namewords;
CREATE TABLE newmentions(
  t    INTEGER NOT NULL,
  n    INTEGER NOT NULL,
  i    INTEGER NOT NULL,
  says INTEGER NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY(t, n, i)
) STRICT, WITHOUT ROWID;
INSERT INTO newmentions SELECT * FROM mentions;
DROP TABLE mentions;
ALTER TABLE newmentions RENAME TO mentions;

-- Where a thing speaks, and which roles it has.
CREATE INDEX mentions_says ON mentions(t, n, says) WHERE says > 0;
CREATE INDEX mentions_role ON mentions(t, role, n) WHERE role <> '';

CREATE TABLE holders(           -- which thing holds a commitment
  t INTEGER NOT NULL,
  n INTEGER NOT NULL,
  i INTEGER NOT NULL,           -- into the record's commitments
  e INTEGER NOT NULL,           -- into its entities
  PRIMARY KEY(t, n, i, e)
) STRICT, WITHOUT ROWID;

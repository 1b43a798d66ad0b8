package sqlite

import (
	"cmp"
	"encoding/binary"
	"maps"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/query"
)

// tallies gathers what a transaction changes about how often things are named, so that
// each count is written once.
type tallies struct {
	things   map[string]int64 // numbers of things met, by id
	articles map[int64]int64  // by how much
	forms    map[form]int64
	days     map[int64]bool // whose articles name other things or have another outlet
}

type form struct {
	t    int64
	name string
}

func newTallies() *tallies {
	return &tallies{map[string]int64{}, map[int64]int64{}, map[form]int64{}, map[int64]bool{}}
}

// write writes the gathered counts and the words of names that are new.
func (y *tallies) write(c *conn) error {
	for _, t := range slices.Sorted(maps.Keys(y.articles)) {
		if d := y.articles[t]; d != 0 {
			if err := c.run("UPDATE things SET articles = articles + ? WHERE t = ?", d, t); err != nil {
				return err
			}
		}
	}
	list := slices.SortedFunc(maps.Keys(y.forms), func(a, b form) int {
		return cmp.Or(cmp.Compare(a.t, b.t), cmp.Compare(a.name, b.name))
	})
	for _, f := range list {
		if d := y.forms[f]; d != 0 {
			if err := c.addForm(f, d); err != nil {
				return err
			}
		}
	}
	for day := range y.days {
		if err := c.run("INSERT INTO days VALUES(?, 1) ON CONFLICT DO UPDATE SET version = version + 1", day); err != nil {
			return err
		}
	}
	y.articles, y.forms, y.days = map[int64]int64{}, map[form]int64{}, map[int64]bool{}
	return nil
}

// addForm changes how often a thing has a name.
func (c *conn) addForm(f form, by int64) error {
	now, err := c.number(`INSERT INTO forms VALUES(?1, ?2, ?3)
		ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions RETURNING mentions`, f.t, f.name, by)
	switch {
	case err != nil:
		return err
	case now == by:
		return c.nameWords(f.t, f.name)
	case now > 0:
		return nil
	}
	if err := c.run("DELETE FROM forms WHERE t = ? AND name = ?", f.t, f.name); err != nil {
		return err
	}
	return c.dropWords(f.t, f.name)
}

// nameWords makes a thing findable by the words of a name.
func (c *conn) nameWords(t int64, name string) error {
	lang, err := query.Default()
	if err != nil {
		return err
	}
	for _, w := range lang.Forms(name) {
		if err := c.run("INSERT INTO namewords VALUES(?, ?) ON CONFLICT DO NOTHING", w, t); err != nil {
			return err
		}
	}
	return nil
}

// dropWords makes a thing found no more by the words of a name that it had, but for those
// of the names that it has.
func (c *conn) dropWords(t int64, name string) error {
	lang, err := query.Default()
	if err != nil {
		return err
	}
	has := map[string]bool{}
	err = c.each("SELECT name FROM forms WHERE t = ?1 UNION SELECT hand FROM things WHERE t = ?1 AND hand <> ''", func(s *sqlite3.Stmt) error {
		for _, w := range lang.Forms(s.ColumnText(0)) {
			has[w] = true
		}
		return nil
	}, t)
	if err != nil {
		return err
	}
	for _, w := range lang.Forms(name) {
		if has[w] {
			continue
		}
		if err := c.run("DELETE FROM namewords WHERE word = ? AND t = ?", w, t); err != nil {
			return err
		}
	}
	return nil
}

// things writes which things an entry's entities are.
func (p *putter) things(n int64, m *made) error {
	r := &m.Record
	list, given := make([]int64, len(r.Entities)), make([]int64, len(r.Entities))
	var speakers []int64
	var persons []byte
	for i, e := range r.Entities {
		var err error
		if given[i], err = p.makeThing(m.Identities[i], e.Kind, e.Country); err != nil {
			return err
		}
		t, err := p.thing(m.Identities[i], r.Article.ID, e.Kind, e.Country)
		if err != nil {
			return err
		}
		if !slices.Contains(list[:i], t) {
			p.tally.articles[t]++
		}
		list[i] = t
		p.tally.forms[form{t, e.Name}]++
		if m.says[i] > 0 && !slices.Contains(speakers, t) {
			speakers = append(speakers, t)
		}
		if e.Kind == isnad.Person {
			persons = appendPerson(persons, i, e)
		}
		if err := p.run("INSERT INTO mentions VALUES(?, ?, ?, ?, ?, ?)", t, n, i, m.says[i], e.Name, e.Role); err != nil {
			return err
		}
	}
	m.things = list
	p.tally.days[n>>dayBits] = true
	return p.run("INSERT INTO named VALUES(?, ?, ?, ?, ?, ?)", n, uvarints(list), uvarints(given), uvarints(given), uvarints(speakers), persons)
}

// appendPerson packs what tells a person of an article from others of the name.
func appendPerson(b []byte, i int, e isnad.Entity) []byte {
	b = binary.AppendUvarint(b, uint64(i))
	for _, s := range [...]string{e.Role, e.Country} {
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	return b
}

// nextPerson unpacks a person and gives what follows.
func nextPerson(b []byte) (i int, role, country string, rest []byte, ok bool) {
	index, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, "", "", nil, false
	}
	b = b[n:]
	var text [2]string
	for k := range text {
		size, n := binary.Uvarint(b)
		if n <= 0 || size > uint64(len(b)-n) {
			return 0, "", "", nil, false
		}
		text[k], b = string(b[n:n+int(size)]), b[n+int(size):]
	}
	return int(index), text[0], text[1], b, true
}

// thing gives the number of the thing with a key in an article, corrections applied; a
// new one is made.
func (p *putter) thing(key, article string, kind isnad.Kind, country string) (int64, error) {
	id, err := key, error(nil)
	if p.corrected {
		id, err = p.settled(key, article)
	}
	if err != nil {
		return 0, err
	}
	return p.makeThing(id, kind, country)
}

// makeThing gives the number of the thing with an id; a new one is made.
func (p *putter) makeThing(id string, kind isnad.Kind, country string) (int64, error) {
	if t, ok := p.tally.things[id]; ok {
		return t, nil
	}
	t, known := int64(0), ""
	found, err := p.one("SELECT t, country FROM things WHERE id = ?", func(s *sqlite3.Stmt) { t, known = s.ColumnInt64(0), s.ColumnText(1) }, id)
	switch {
	case err != nil:
		return 0, err
	case !found:
		t, err = p.number("INSERT INTO things(id, kind, country, hand, articles) VALUES(?, ?, ?, '', 0) RETURNING t", id, string(kind), country)
	case known == "" && country != "":
		err = p.run("UPDATE things SET country = ? WHERE t = ?", country, t)
	}
	p.tally.things[id] = t
	return t, err
}

// hops bounds how many corrections may follow one another.
const hops = 1000

// settled follows the corrections of a thing: the splits of the article, if one is
// given, before the merges.
func (c *conn) settled(id, article string) (string, error) {
	for range hops {
		next := ""
		found, err := c.one(`SELECT new FROM splits WHERE article = ?1 AND old = ?2 AND ?1 <> ''
			UNION ALL SELECT new FROM merges WHERE old = ?2`, func(s *sqlite3.Stmt) { next = s.ColumnText(0) }, article, id)
		if err != nil || !found {
			return id, err
		}
		id = next
	}
	return id, nil
}

// forget takes out which things an article's entities are.
func (p *putter) forget(n int64) error {
	p.tally.days[n>>dayBits] = true
	list, err := p.namedIn(n)
	if err != nil {
		return err
	}
	undertook, err := p.number("SELECT commitments FROM articles WHERE n = ?", n)
	if err != nil {
		return err
	}
	slices.Sort(list)
	for _, t := range slices.Compact(list) {
		p.tally.articles[t]--
		if undertook > 0 {
			if err := p.run("DELETE FROM holders WHERE t = ? AND n = ?", t, n); err != nil {
				return err
			}
		}
		err := p.each("SELECT name FROM mentions WHERE t = ? AND n = ?", func(s *sqlite3.Stmt) error {
			p.tally.forms[form{t, s.ColumnText(0)}]--
			return nil
		}, t, n)
		if err != nil {
			return err
		}
		if err := p.run("DELETE FROM mentions WHERE t = ? AND n = ?", t, n); err != nil {
			return err
		}
	}
	return p.run("DELETE FROM named WHERE n = ?", n)
}

// namedIn gives the things of an article's entities, in order.
func (c *conn) namedIn(n int64) (list []int64, err error) {
	_, err = c.one("SELECT things FROM named WHERE n = ?", func(s *sqlite3.Stmt) { list = unpack(nil, s.ColumnRawBlob(0)) }, n)
	return list, err
}

// turnInto makes one entity of an article another thing.
func (p *putter) turnInto(n int64, i int, old, t int64) error {
	name, says, role := "", 0, ""
	found, err := p.one("SELECT name, says, role FROM mentions WHERE t = ? AND n = ? AND i = ?", func(s *sqlite3.Stmt) {
		name, says, role = s.ColumnText(0), s.ColumnInt(1), s.ColumnText(2)
	}, old, n, i)
	if err != nil || !found || old == t {
		return err
	}
	if err := p.run("DELETE FROM mentions WHERE t = ? AND n = ? AND i = ?", old, n, i); err != nil {
		return err
	}
	if err := p.run("INSERT INTO mentions VALUES(?, ?, ?, ?, ?, ?)", t, n, i, says, name, role); err != nil {
		return err
	}
	if err := p.run("UPDATE holders SET t = ? WHERE t = ? AND n = ? AND e = ?", t, old, n, i); err != nil {
		return err
	}
	p.tally.forms[form{old, name}]--
	p.tally.forms[form{t, name}]++
	list, err := p.namedIn(n)
	if err != nil || i >= len(list) {
		return err
	}
	had := slices.Contains(list, t)
	list[i] = t
	if !had {
		p.tally.articles[t]++
	}
	if !slices.Contains(list, old) {
		p.tally.articles[old]--
	}
	p.tally.days[n>>dayBits] = true
	return p.nameAnew(n, list)
}

// nameAnew writes the things of an article after a change of its mentions.
func (c *conn) nameAnew(n int64, list []int64) error {
	var speakers []int64
	for i, t := range list {
		says, err := c.number("SELECT says FROM mentions WHERE t = ? AND n = ? AND i = ?", t, n, i)
		if err != nil {
			return err
		}
		if says > 0 && !slices.Contains(speakers, t) {
			speakers = append(speakers, t)
		}
	}
	return c.run("UPDATE named SET things = ?, speakers = ? WHERE n = ?", uvarints(list), uvarints(speakers), n)
}

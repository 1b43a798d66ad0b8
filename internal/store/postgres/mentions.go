package postgres

import (
	"slices"

	"github.com/isnad-project/isnad/internal/store/shelf"
)

// hops bounds how many corrections may follow one another.
const hops = 1000

// hands are the corrections by hand that matter to some articles.
type hands struct {
	merges map[string]string
	splits map[[2]string]string // by article and thing
}

// handsFor reads them.
func (t *tx) handsFor(articles []string) (hands, error) {
	h := hands{map[string]string{}, map[[2]string]string{}}
	err := t.each("SELECT old, new FROM merges", func(r row) error {
		var old, now string
		err := r.scan(&old, &now)
		h.merges[old] = now
		return err
	})
	if err != nil {
		return h, err
	}
	return h, t.each("SELECT article, old, new FROM splits WHERE article = ANY($1)", func(r row) error {
		var article, old, now string
		err := r.scan(&article, &old, &now)
		h.splits[[2]string{article, old}] = now
		return err
	}, articles)
}

// settled follows the corrections of a thing: the splits of the article before the merges.
func (h hands) settled(id, article string) string {
	for range hops {
		next, ok := h.splits[[2]string{article, id}]
		if !ok {
			next, ok = h.merges[id]
		}
		if !ok {
			break
		}
		id = next
	}
	return id
}

// settled follows the merges of a thing.
func (t *tx) settled(id string) (string, error) {
	for range hops {
		next := ""
		found, err := t.one("SELECT new FROM merges WHERE old = $1", []any{&next}, id)
		if err != nil || !found {
			return id, err
		}
		id = next
	}
	return id, nil
}

// namedIn gives the things of an article's entities, in order.
func (t *tx) namedIn(n int64) ([]int64, error) {
	var packed []byte
	_, err := t.one("SELECT things FROM articles WHERE n = $1", []any{&packed}, n)
	return shelf.Numbers(nil, packed), err
}

// turnInto makes one entity of an article another thing.
func (t *tx) turnInto(y *tallies, n int64, i int, old, now int64) error {
	if old == now {
		return nil
	}
	var name string
	found, err := t.one("UPDATE mentions SET t = $4 WHERE n = $1 AND i = $2 AND t = $3 RETURNING name", []any{&name}, n, i, old, now)
	if err != nil || !found {
		return err
	}
	y.forms[form{old, name}]--
	y.forms[form{now, name}]++
	list, err := t.namedIn(n)
	if err != nil || i >= len(list) {
		return err
	}
	had := slices.Contains(list, now)
	list[i] = now
	if !had {
		y.articles[now]++
	}
	if !slices.Contains(list, old) {
		y.articles[old]--
	}
	return t.nameAnew(n, list)
}

// nameAnew writes the things of an article after a change of its mentions.
func (t *tx) nameAnew(n int64, list []int64) error {
	says := make([]int, len(list))
	err := t.each("SELECT i, says FROM mentions WHERE n = $1", func(r row) error {
		var i, k int
		err := r.scan(&i, &k)
		if i < len(says) {
			says[i] = k
		}
		return err
	}, n)
	if err != nil {
		return err
	}
	return t.run("UPDATE articles SET things = $2, speakers = $3 WHERE n = $1", n, shelf.Uvarints(list), shelf.Uvarints(speaking(list, says)))
}

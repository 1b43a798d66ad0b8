// Package events finds what one political actor did to or with another, in the terms of
// PLOVER (Political Language Ontology for Verifiable Event Records, 2021).
//
// A deed is a trigger of the lexicon, a verb, participle or noun, with its parties read
// from where the trigger's pattern says they stand. The package knows clauses and
// parties; which words are triggers, and of which type, it does not know.
package events

import (
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// Find gives the events of d in text order. Published is the day the article was
// published (YYYY-MM-DD), empty when unknown: then nothing counts as long past.
func Find(d *ling.Doc, published string, names []isnad.Name, entities []isnad.Entity, times []isnad.Time, statements []isnad.Statement) []isnad.Event {
	f := newFinder(d, published, names, entities, times, statements)
	if f.sport() {
		return nil
	}
	var found []isnad.Event
	for i := 0; i < len(d.Tokens); {
		g, ok := f.trigger(i)
		if !ok {
			i++
			continue
		}
		if e, ok := f.event(&g); ok {
			found = append(found, e)
		}
		f.used = max(f.used, g.tail)
		i = max(g.last, i+1)
	}
	oppose(found, f.given)
	f.fight(found)
	f.prosecute(found)
	return found
}

// finder is one search through one document.
type finder struct {
	*ling.Chunks
	names      []isnad.Name
	entities   []isnad.Entity
	times      []isnad.Time
	statements []isnad.Statement
	known      []*lex.Word    // what the lexicon knows under the name of each entity
	sides      []string       // party of each entity: a state's code or the entity's name
	lands      []land         // where a state is named, in text order
	bodies     []land         // where a body or officer of a state is told with its state
	pacts      []int          // where an agreement is told of
	said       map[string]int // how often each state is named
	groups     []group        // organizations by the word that their names begin with
	home       string         // the state the article speaks of most
	settled    bool           // home is named in a third of the cases or more
	old        string         // last day that is long past, or empty
	given      []deed         // deeds given so far
	stated     []int32        // for each token its innermost statement, or isnad.None; made when asked
	arms       []int8         // for each sentence its weapons plus 1, at most 3, or 0 unknown
	used       int            // the token after the tail of the last phrase
	timeAt     int            // first time that does not end before the present trigger
}

// land is a word that names a state: its name, a place of it, its adjective or people.
type land struct {
	token int
	code  string
}

func newFinder(d *ling.Doc, published string, names []isnad.Name, entities []isnad.Entity, times []isnad.Time, statements []isnad.Statement) *finder {
	f := &finder{Chunks: d.Chunks(names), names: names, entities: entities, times: times, statements: statements}
	f.sides, f.known = make([]string, len(entities)), make([]*lex.Word, len(entities))
	for i := range entities {
		f.known[i] = f.word(entities[i].Name)
		f.sides[i] = f.side(&entities[i], f.known[i])
	}
	f.offices()
	f.survey()
	f.house()
	f.enroll()
	if day, err := time.Parse(time.DateOnly, published); err == nil {
		f.old = day.AddDate(-1, 0, 0).Format(time.DateOnly)
	}
	return f
}

// clubs is how many mentions of sports clubs make an article one on sport.
const clubs = 3

// sport reports whether the article is on sport, whose attacks, threats and agreements are
// no deeds of political actors.
func (f *finder) sport() bool {
	count := 0
	of := make([]bool, len(f.entities))
	for i := range f.entities {
		s, ok := f.known[i].Sense(lex.Org)
		of[i] = ok && f.entities[i].Kind == isnad.Organization && f.Lex.Orgs[s.Row].Class == "club"
	}
	for i := range f.names {
		if e := f.names[i].Entity; e >= 0 && of[e] {
			count++
		}
	}
	return count >= clubs
}

// beside is how far before a person's name his title may begin, in tokens.
const beside = 9

// offices gives each person whom the article introduces by office («مبعوث الأمم المتحدة»,
// «الرئيس الأمريكي») the party of that office.
func (f *finder) offices() {
	seen := make([]bool, len(f.entities))
	for i := range f.Tokens {
		n, _, ok := f.Name(i)
		if !ok || f.names[n].Kind != isnad.Person || f.names[n].Entity < 0 || seen[f.names[n].Entity] {
			continue
		}
		if i > 0 && f.sameName(i-1, i) {
			continue
		}
		party := f.introduced(i)
		if party == "" {
			party = f.presented(i)
		}
		if party != "" && !f.abroad(f.names[n].Entity, party) {
			f.sides[f.names[n].Entity] = party
			seen[f.names[n].Entity] = true
		}
	}
}

// abroad reports whether party is another state than the one that person e is known to be of.
func (f *finder) abroad(e int, party string) bool {
	own := f.entities[e].Country
	return own != "" && state(party) && party != own
}

// introduced gives the party of the office told before the person's name at token i.
func (f *finder) introduced(i int) string {
	first := max(f.Sents[f.SentenceOf(i)].First, i-beside)
	for j := i - 1; j >= first; j-- {
		if f.personal(j) {
			return ""
		}
		if t := &f.Tokens[j]; t.Is(lex.Subord|lex.Rel|lex.While|lex.But) && !t.Definite() {
			return ""
		}
		if _, _, named := f.Name(j); !named {
			if _, finite := f.VerbAt(j); finite {
				return ""
			}
			if s, _, ok := f.Match(j, lex.Title); ok && f.Tokens[j].Prep == 0 && (f.Lex.Titles[s.Row].Class == "office" || f.Lex.Titles[s.Row].Class == "rank" || f.Lex.Titles[s.Row].Class == "role") {
				if m := f.mention(j, i); m.first != "" {
					return m.first
				}
			}
		}
		if f.Tokens[j].Fold == "#" {
			continue
		}
		if p := &f.Tokens[j]; p.Kind == ling.Punct && j < i-1 || p.Conj != 0 && j < i-1 {
			if p.Conj != 0 {
				return ""
			}
			if p.Fold != "،" && p.Fold != "," || j != i-1 {
				return ""
			}
		}
	}
	return ""
}

// personal reports whether token j stands in the name of a person.
func (f *finder) personal(j int) bool {
	n, _, ok := f.Name(j)
	return ok && f.names[n].Kind == isnad.Person
}

// presented gives the party of the office told behind the person's name at token i, with a
// comma between or none («فلان، الناطق باسم الحركة»).
func (f *finder) presented(i int) string {
	_, end, _ := f.Name(i)
	j := max(end, i+1)
	if j < len(f.Tokens) && (f.Tokens[j].Fold == "،" || f.Tokens[j].Fold == ",") {
		j++
	}
	if j >= len(f.Tokens) || f.Tokens[j].Prep != 0 || f.Tokens[j].Conj != 0 {
		return ""
	}
	s, _, ok := f.Match(j, lex.Title)
	if !ok || f.Lex.Titles[s.Row].Class != "office" && f.Lex.Titles[s.Row].Class != "rank" && !f.titled(j) {
		return ""
	}
	last := f.phrase(j)
	if last < len(f.Tokens) && f.Tokens[last].Prep == 'b' && f.titled(j) {
		last = f.phrase(last)
	}
	return f.mention(j, last).first
}

// survey lists the words that name states, and finds the one named most.
func (f *finder) survey() {
	count := map[string]int{}
	for i := range f.Tokens {
		if s, ok := f.Tokens[i].Sense(lex.EventNoun); ok && f.Lex.EventNouns[s.Row].Type == "AGREE" {
			f.pacts = append(f.pacts, i)
		}
		code := f.landAt(i)
		if code == "" {
			continue
		}
		f.embody(i, code)
		f.lands = append(f.lands, land{i, code})
		count[code]++
		if f.home == "" || count[code] > count[f.home] {
			f.home = code
		}
	}
	f.said = count
	f.settled = 3*count[f.home] >= len(f.lands)
}

// embody notes the body of a state whose name, or whose adjective of nation, token i is.
func (f *finder) embody(i int, code string) {
	for j := i; j >= 0 && j >= i-2; j-- {
		if f.Tokens[j].Definite() && f.body(j) {
			f.bodies = append(f.bodies, land{j, code})
			return
		}
	}
}

// landAt gives the state that token i names as the first word of a place or by itself.
func (f *finder) landAt(i int) string {
	if n, _, ok := f.Name(i); ok {
		if i > 0 {
			if before, _, ok := f.Name(i - 1); ok && before == n {
				return ""
			}
		}
		if e := f.names[n].Entity; e >= 0 && f.entities[e].Kind != isnad.Person {
			return f.entities[e].Country
		}
		return ""
	}
	return f.nation(i)
}

// nation gives the state whose adjective or people token i is.
func (f *finder) nation(i int) string {
	t := &f.Tokens[i]
	if !t.Tables.Has(lex.Nation) && !t.Tables.Has(lex.People) && len(f.PhrasesAt(i)) == 0 {
		return ""
	}
	for _, table := range [...]lex.Table{lex.Nation, lex.People} {
		if s, _, ok := f.Match(i, table); ok && (t.Definite() || s.Form&lex.Participle == 0) {
			return f.Lex.Countries[s.Row].ISO3
		}
	}
	return ""
}

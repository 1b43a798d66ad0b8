package events

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

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

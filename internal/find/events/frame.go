package events

import (
	"slices"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// arguments is how far from its trigger a party may stand, in tokens.
const arguments = 24

// frame reads the parties of g from where its pattern says they stand.
func (f *finder) frame(g *deed) {
	switch g.shape {
	case verb:
		f.frameVerb(g)
	case participle:
		g.actors = f.above(g.first)
		f.objects(g, g.tail)
	default:
		f.frameNoun(g)
	}
	f.share(g)
}

// has reports whether g's pattern is one of the codes.
func (g *deed) has(codes ...string) bool {
	for _, p := range g.pattern {
		for _, c := range codes {
			if p == c {
				return true
			}
		}
	}
	return false
}

// share makes partners of a reciprocal deed act together; those who fight each other do
// so only when told by «بين».
func (f *finder) share(g *deed) {
	met := g.kind == "CONSULT" && len(without(g.recipients, g.actors)) > 0
	if (g.partner || met) && g.has("recip") && g.kind != "ASSAULT" {
		for _, r := range g.recipients {
			g.actors = with(g.actors, r)
		}
		g.recipients = nil
	}
}

// frameVerb reads subject and objects of a finite verb.
func (f *finder) frameVerb(g *deed) {
	first, last, subject := f.subject(g)
	after := g.tail
	if last > g.first {
		after = max(f.apposed(first, last), g.tail)
	}
	g.told = len(subject) > 0
	g.person = f.mention(first, last).person >= 0
	g.part = g.kind == "PROTEST" && (last > g.first && f.Tokens[first].Definite() && f.crowd(first) || g.phrase && g.plural)
	g.passive = g.has("obj") && !g.has("subj_obj") || f.damma(g.first) || g.has("obj") && f.suffers(g, first, last)
	if g.passive {
		g.recipients = subject
		if first == last && g.plural {
			g.recipients = nil // «بعد أن لقوا مصرعهم»: they were told before
			return
		}
		if len(g.recipients) == 0 {
			g.recipients = f.firstParty(after, min(after+8, f.clauseEnd(after)))
		}
		g.actors = f.agent(g.first, after)
		return
	}
	g.actors = subject
	if g.kind == "ASSAULT" && !g.has("recip") && first > g.first && f.nobody(first, last) {
		g.actors = nil
	}
	f.objects(g, after)
	f.scene(g)
}

// apposed gives the token after the name of a person that stands between commas behind his
// title («الرئيس الكيني، فلان، نظيره»), else last.
func (f *finder) apposed(first, last int) int {
	if !f.Tokens[first].Tables.Has(lex.Title) {
		return last
	}
	return f.enclosed(last)
}

// enclosed gives the token after the name of a person between commas of which the first is
// token last, else last.
func (f *finder) enclosed(last int) int {
	if last+2 >= len(f.Tokens) || f.Tokens[last].Kind != ling.Punct {
		return last
	}
	n, end, named := f.Name(last + 1)
	if !named || f.names[n].Kind != isnad.Person || end >= len(f.Tokens) || f.Tokens[end].Kind != ling.Punct {
		return last
	}
	return end + 1
}

// called gives the person named behind a comma after the words [first, last) that tell who
// he is («القيادي السابق بحزب كذا، فلان»).
func (f *finder) called(first, last int) []string {
	if m := f.mention(first, last); first >= last || !f.Tokens[first].Definite() || m.person >= 0 || state(m.first) {
		return nil
	}
	if last < len(f.Tokens) && f.Tokens[last].Prep == 'b' {
		last = f.phrase(last)
	}
	if f.enclosed(last) == last {
		return nil
	}
	return f.parties(last+1, f.phrase(last+1))
}

// nobody reports whether the indefinite words [first, last) name no party: «مسلحون» who
// attack are nobody's until the text says whose.
func (f *finder) nobody(first, last int) bool {
	return first < last && !f.Tokens[first].Definite() && f.unnamed(first, last)
}

// unnamed reports whether the words [first, last) name nobody.
func (f *finder) unnamed(first, last int) bool {
	m := f.mention(first, last)
	return m.person < 0 && m.first == "" && m.people == ""
}

// objects reads the recipients behind the subject: the object, or who stands after a
// preposition of the pattern.
func (f *finder) objects(g *deed, after int) {
	if g.has("subj_obj") {
		if f.Tokens[g.first].Pron && g.shape == verb {
			g.recipients = f.referent(g.first, g.actors)
			return
		}
		for after < len(f.Tokens)-1 && (f.IsTime(after) || f.resumes(after)) {
			after++ // «يتهم فيها الوزير»
		}
		if after+2 < len(f.Tokens) && f.Tokens[after].Is(lex.Quantifier) && f.Tokens[after+1].Base == script.From {
			after += 2 // «كلا من»
		}
		end := max(f.phrase(after), after)
		if end > after && f.Tokens[after].Prep != 0 {
			end = after
		}
		g.recipients = f.parties(after, end)
		g.told = g.told || len(g.recipients) > 0
		if len(g.recipients) == 0 && !g.has("subj_li", "subj_ala", "subj_bi", "subj_min") {
			if g.kind == "ACCUSE" && end < len(f.Tokens) && f.Tokens[end].Base == script.Fi {
				end = f.phrase(end + 1) // «اتهمت النيابة في محكمة المدينة موظفا»
			}
			g.recipients = f.otherParty(end, min(end+6, f.clauseEnd(after)), g.actors)
		}
		if len(g.recipients) > 0 {
			return
		}
	}
	f.preposition(g, after)
}

// preposition reads the recipients after the first preposition of the pattern.
func (f *finder) preposition(g *deed, after int) {
	end := f.clauseEnd(after)
	for j := after; j < end; j++ {
		if j <= after+1 && f.pointed(g, j) {
			g.recipients, g.bound = f.referent(g.first, g.actors), true
			return
		}
		at, ok := f.opens(g, j)
		if !ok {
			continue
		}
		g.bound = true
		last := max(f.phrase(at), at+1)
		if g.recipients = f.called(at, last); len(g.recipients) == 0 {
			g.recipients = f.parties(at, last)
		}
		g.told = g.told || len(g.recipients) > 0
		if len(g.recipients) == 0 {
			g.recipients = f.place(g, at)
		}
		if len(g.recipients) == 0 && g.kind != "REQUEST" && !f.Tokens[at].Tables.Has(lex.Title) && !f.crowd(at) {
			g.recipients = f.firstParty(last, min(last+6, end))
		}
		f.treaty(g, at, last)
		return
	}
	if g.kind == "THREATEN" {
		g.recipients = f.otherParty(after, min(after+14, f.clauseEnd(after)), g.actors)
	}
	if g.kind == "ACCUSE" {
		f.accused(g, after)
	}
}

// place gives the state of a place that is called by its kind alone («على القطاع»): the one
// spoken of last that is not the actor.
func (f *finder) place(g *deed, at int) []string {
	t := &f.Tokens[at]
	s, ok := t.Sense(lex.Unit)
	if !ok || !t.Definite() || f.Lex.Units[s.Row].Class != "group" {
		return nil
	}
	for k := f.landFrom(at) - 1; k >= 0 && f.lands[k].token > at-back; k-- {
		if !contains(g.actors, f.lands[k].code) {
			return []string{f.lands[k].code}
		}
	}
	return nil
}

// otherParty is firstParty past those who act.
func (f *finder) otherParty(i, end int, actors []string) []string {
	for ; i < end; i++ {
		if p := f.firstParty(i, i+1); len(p) > 0 && !contains(actors, p[0]) && !f.private(i) {
			return p
		}
	}
	return nil
}

// treaty turns a withdrawal into a sanction when what is left is an agreement.
func (f *finder) treaty(g *deed, at, last int) {
	if g.kind != "RETREAT" {
		return
	}
	for i := at; i < last; i++ {
		n, _, named := f.Name(i)
		s, ok := f.Tokens[i].Sense(lex.EventNoun)
		if ok && f.Lex.EventNouns[s.Row].Type == "AGREE" || named && f.names[n].Kind == isnad.Other {
			g.kind = "SANCTION"
			g.recipients = without(with(nil, f.landIn(at, last)), g.actors)
			if n, _, of := f.Name(last); of && len(g.recipients) == 0 && f.Tokens[last].Prep == 'l' && f.names[n].Kind == isnad.Organization {
				g.recipients = f.parties(last, f.phrase(last))
			}
			return
		}
	}
}

// landIn gives the first state whose name or adjective stands in tokens [first, last),
// inside names too.
func (f *finder) landIn(first, last int) string {
	for i := first; i < last; i++ {
		if code := f.nation(i); code != "" {
			return code
		}
		if s, ok := f.Tokens[i].Sense(lex.Country); ok {
			return f.Lex.Countries[s.Row].ISO3
		}
	}
	return ""
}

// accused reads who is accused from the clause that says of what («اتهامات بأن الشركة …»).
func (f *finder) accused(g *deed, after int) {
	for j := after; j < len(f.Tokens) && j < after+4; j++ {
		if f.Tokens[j].Is(lex.Subord) && strings.HasPrefix(f.Tokens[j].Fold, script.Ba) {
			g.recipients = f.parties(j+1, f.phrase(j+1))
			return
		}
	}
}

// opens reports whether a noun phrase of a recipient begins at or after token j by a
// preposition of g's pattern, and where.
func (f *finder) opens(g *deed, j int) (int, bool) {
	t := &f.Tokens[j]
	if t.Kind != ling.Word || j+1 >= len(f.Tokens) {
		return 0, false
	}
	switch t.Prep {
	case 'b':
		return j, g.has("subj_bi")
	case 'l':
		return j, g.has("subj_li", "subj_ila") || g.shape != verb && g.has("subj_obj")
	}
	if !t.Is(lex.Prep) {
		return 0, false
	}
	for _, p := range g.pattern {
		if word, ok := prepositions[p]; ok && t.Base == word {
			g.partner = word == script.With
			return j + 1, true
		}
	}
	return 0, false
}

// pointed reports whether token j is a preposition of g's pattern with a pronoun («عليها»).
func (f *finder) pointed(g *deed, j int) bool {
	t := &f.Tokens[j]
	if !t.Is(lex.Prep) {
		return false
	}
	for _, p := range g.pattern {
		word, ok := prepositions[p]
		if !ok || !strings.HasPrefix(t.Base, word) {
			continue
		}
		switch t.Base[len(word):] {
		case script.Ha, script.Hna, script.Hum, script.Huma:
			return true
		}
	}
	return false
}

// prepositions are the words of the pattern codes, folded.
var prepositions = map[string]string{
	"subj_ala": script.Ala, "subj_maa": script.With, "subj_ila": script.Ila,
	"subj_min": script.From, "subj_didd": script.Against, "subj_about": script.About,
}

// clauseEnd gives the token where the clause that goes on at i ends.
func (f *finder) clauseEnd(i int) int {
	if i >= len(f.Tokens) {
		return i
	}
	last := min(f.Sents[f.SentenceOf(i)].Last, i+arguments)
	for j := i; j < last; j++ {
		if !f.breaks(j) {
			continue
		}
		end := f.aside(j, last)
		if end == j {
			return j
		}
		j = end
	}
	return last
}

// aside gives the comma that ends the relative clause at token j when a comma opened it,
// else j.
func (f *finder) aside(j, last int) int {
	if j == 0 || !f.Tokens[j].Is(lex.Rel) || f.Tokens[j-1].Kind != ling.Punct {
		return j
	}
	for k := j + 1; k < last; k++ {
		if f.Tokens[k].Kind == ling.Punct {
			return k
		}
	}
	return j
}

// firstParty gives the first party named by tokens [i, end).
func (f *finder) firstParty(i, end int) []string {
	for ; i < end; i++ {
		if n, _, ok := f.Name(i); ok {
			if e := f.names[n].Entity; e >= 0 && f.sides[e] != "" {
				return []string{f.sides[e]}
			}
			continue
		}
		if code := f.nation(i); code != "" {
			return []string{code}
		}
		if s, ok := f.Tokens[i].Sense(lex.Demonym); ok && f.Lex.Demonyms[s.Row].Code != "" {
			return []string{f.Lex.Demonyms[s.Row].Code}
		}
	}
	return nil
}

func without(list, other []string) []string {
	var out []string
	for _, p := range list {
		if !contains(other, p) {
			out = append(out, p)
		}
	}
	return out
}

func contains(list []string, p string) bool {
	for _, have := range list {
		if have == p {
			return true
		}
	}
	return false
}

// agent gives who did what is told in the passive, after «من قبل», «على يد» or the like.
func (f *finder) agent(i, after int) []string {
	end := f.clauseEnd(after)
	for j := after; j < end; j++ {
		last, ok := f.doer(j)
		if !ok {
			continue
		}
		if n := f.phrase(last); n > last {
			return f.parties(last, n)
		}
	}
	for j := after; j < end; j++ {
		if code := f.blow(j); code != "" {
			return []string{code}
		}
	}
	return nil
}

// blow gives the state whose adjective goes with the assault told at token j («في غارات
// فرنسية»).
func (f *finder) blow(j int) string {
	s, last, ok := f.Match(j, lex.EventNoun)
	if !ok || f.Lex.EventNouns[s.Row].Type != "ASSAULT" {
		return ""
	}
	return f.adjective(&deed{first: j, last: last})
}

// doer gives the token after the words at j behind which the doer stands.
func (f *finder) doer(j int) (int, bool) {
	for _, p := range f.PhrasesAt(j) {
		if p.Word.Class&lex.Agent != 0 {
			return p.Last, true
		}
	}
	t := &f.Tokens[j]
	return j + 1, t.Prep == 'b' && t.Is(lex.Agent)
}

// referent gives whom the pronoun on token i means: the nearest party named before it that
// is not the actor.
func (f *finder) referent(i int, actors []string) []string {
	if n := len(f.given); n > 0 && len(actors) > 0 && f.Tokens[i].Conj != 0 && slices.Equal(f.given[n-1].actors, actors) && len(f.given[n-1].recipients) == 1 && !state(f.given[n-1].recipients[0]) && f.SentenceOf(f.given[n-1].first) == f.SentenceOf(i) {
		return f.given[n-1].recipients // «اعتقلت الشرطة فلانا واتهمته»
	}
	first := max(f.Sents[f.SentenceOf(i)].First, i-back)
	for j := i - 1; j >= first; j-- {
		if p := f.firstParty(j, j+1); len(p) > 0 && !contains(actors, p[0]) && !f.private(j) {
			return p
		}
	}
	return nil
}

// private reports whether token j is in the name of a person who acts for no state.
func (f *finder) private(j int) bool {
	n, _, ok := f.Name(j)
	if !ok || f.names[n].Kind != isnad.Person {
		return false
	}
	e := f.names[n].Entity
	return e < 0 || !state(f.sides[e])
}

// phrase gives the token after the noun phrase that begins at token i; i itself when none
// does or the text ends there.
func (f *finder) phrase(i int) int {
	if i >= len(f.Tokens) {
		return i
	}
	if i+1 < len(f.Tokens) && f.Tokens[i].Fold == "#" {
		if end := f.Chunks.NounPhrase(i + 1); end > i+1 {
			return end
		}
		return i
	}
	return f.Chunks.NounPhrase(i)
}

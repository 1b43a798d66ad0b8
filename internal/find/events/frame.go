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
	if g.kind == "SANCTION" && g.phrase && len(g.recipients) == 0 && !g.passive {
		g.recipients = without(with(nil, f.landIn(g.tail, min(g.tail+9, f.clauseEnd(g.tail)))), g.actors)
		if n, end, named := f.Name(g.tail - 1); named && f.names[n].Kind == isnad.Organization {
			g.recipients = without(f.parties(g.tail-1, end), g.actors) // «انسحب من مجلس كذا»
		}
		if s, ok := f.Tokens[g.tail-1].Sense(lex.EventNoun); ok && len(g.recipients) == 0 && f.Lex.EventNouns[s.Row].Type == "AGREE" {
			g.recipients = f.treatyWith(g, g.tail-1, f.phrase(g.tail-1))
		}
	}
	if g.kind == "ASSAULT" && len(g.recipients) == 0 && g.shape == verb && !g.has("recip") && !g.passive {
		g.recipients = without(with(nil, f.ground(g)), g.actors) // «استهدفت سيارة مفخخة موكبا في مقديشو»
	}
	if (g.kind == "ACCUSE" || g.kind == "SANCTION") && g.phrase && len(g.recipients) == 0 && !g.passive && g.tail < len(f.Tokens) {
		g.recipients = without(with(nil, f.nation(g.tail)), g.actors) // «استدعت السفير الأمريكي»
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
	if (g.partner || met) && (g.has("recip") || g.partner && g.kind == "CONSULT") && g.kind != "ASSAULT" {
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
		if first == last && g.phrase && !g.plural {
			g.recipients = f.referent(g.first, nil)
		}
		if first == last && g.plural {
			g.recipients = nil // «بعد أن لقوا مصرعهم»: they were told before
			return
		}
		if len(g.recipients) == 0 {
			g.recipients = f.firstParty(after, min(after+8, f.clauseEnd(after)))
		}
		g.actors = f.agent(g.first, after)
		if g.phrase && len(g.actors) == 0 && g.tail+1 < len(f.Tokens) && f.Tokens[g.tail].Base == script.From {
			g.actors = f.parties(g.tail+1, f.phrase(g.tail+1)) // «تعرض لقصف من الجيش»
			g.bound = len(g.actors) > 0
		}
		return
	}
	g.actors = subject
	if f.arrested(g) {
		g.actors = nil
		f.objects(g, after)
		g.passive = true
		return
	}
	if (g.kind == "ASSAULT" && !g.has("recip") || spoken(g.kind) && f.crowded(first, last)) && first > g.first && f.nobody(first, last) {
		g.actors = nil
	}
	f.objects(g, after)
	if g.has("force") && !f.forced(first, last) || g.has("person") && !f.personable(after) {
		g.part = true
		return
	}
	f.scene(g)
}

// forced reports whether the words [first, last) begin with the forces of somebody.
func (f *finder) forced(first, last int) bool {
	for i := first; i < last && i < first+2; i++ {
		if n, _, ok := f.Name(i); ok {
			e := f.names[n].Entity
			return e >= 0 && f.armedBody(e, i)
		}
		if s, ok := f.Tokens[i].Sense(lex.Unit); ok && f.Lex.Units[s.Row].Class == "weapon" {
			return true
		}
		if _, _, ok := f.Match(i, lex.Body); ok && f.body(i) {
			return true
		}
	}
	return false
}

// armedBody reports whether entity e, named at token i, is an army or armed group.
func (f *finder) armedBody(e, i int) bool {
	if s, ok := f.known[e].Sense(lex.Org); ok {
		return f.Lex.Orgs[s.Row].Class == "armed" || f.Lex.Orgs[s.Row].Class == "security"
	}
	_, ok := f.Tokens[i].Sense(lex.Body)
	return ok && f.entities[e].Kind == isnad.Organization
}

// personable reports whether a person or persons stand as object at token i.
func (f *finder) personable(i int) bool {
	end := f.phrase(i)
	if i < len(f.Tokens) && f.Tokens[i].Prep != 0 {
		return false
	}
	return f.mention(i, end).person >= 0 || f.crowded(i, end) || i < end && f.Tokens[i].Tables.Has(lex.Title)
}

// apposed gives the token after the name of a person that stands between commas behind his
// title («الرئيس الكيني، فلان، نظيره»), else last.
func (f *finder) apposed(first, last int) int {
	if !f.Tokens[first].Tables.Has(lex.Title) {
		return last
	}
	if last+1 < len(f.Tokens) && f.Tokens[last].Is(lex.Prep) && f.mention(first, last).person < 0 {
		end := f.phrase(last + 1) // «السفير لدى المنظمة فلان»
		if f.personal(end - 1) {
			return end
		}
		if n, behind, ok := f.Name(end); ok && f.names[n].Kind == isnad.Person {
			return behind
		}
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

// spoken reports whether deeds of this type are done by word: experts, officials and sources who
// do so speak for themselves until the text says whose they are.
func spoken(kind string) bool {
	switch kind {
	case "ACCUSE", "SUPPORT", "REJECT", "CONSULT", "AGREE", "REQUEST", "COOPERATE":
		return true
	}
	return false
}

// crowded reports whether the words [first, last) tell of persons by a common noun.
func (f *finder) crowded(first, last int) bool {
	for i := first; i < last; i++ {
		if f.crowd(i) {
			return true
		}
	}
	return false
}

// nobody reports whether the indefinite words [first, last) name no party: «مسلحون» who
// attack are nobody's until the text says whose.
func (f *finder) nobody(first, last int) bool {
	_, _, body := f.Match(first, lex.Body)
	if last < len(f.Tokens) && f.Tokens[last].Base == script.From && !f.unnamed(last+1, f.phrase(last+1)) {
		return false // «مسلحون من الحركة»
	}
	return first < last && !f.Tokens[first].Definite() && !body && f.unnamed(first, last)
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
		if f.Pronoun(g.first) && g.shape == verb {
			g.recipients = f.referent(g.first, g.actors)
			return
		}
		for after < len(f.Tokens)-1 && (f.IsTime(after) || f.resumes(after)) {
			after++ // «يتهم فيها الوزير»
		}
		if after+1 < len(f.Tokens) && f.Tokens[after].Base == script.Fi && f.Tokens[after].Is(lex.Prep) {
			if end := f.phrase(after + 1); end > after+1 && end < len(f.Tokens) && f.Tokens[end].Kind == ling.Word && f.Tokens[end].Prep == 0 && f.Tokens[end].Conj == 0 && !f.Tokens[end].Is(lex.Prep) {
				after = end // «طالب المحتجون في المدينة الحكومة»
			}
		}
		if after+2 < len(f.Tokens) && f.Tokens[after].Is(lex.Quantifier) && f.Tokens[after+1].Base == script.From {
			after += 2 // «كلا من»
		}
		if after+1 < len(f.Tokens) && f.Tokens[after].Kind == ling.Mark && f.phrase(after) == after {
			if q := f.QuoteOf(after); q >= 0 && f.Quotes[q].Open == after {
				after++ // «طالبت القمة "مجلس الأمن والجمعية العامة … بكذا"»
			}
		}
		end := max(f.phrase(after), after)
		if end > after && f.Tokens[after].Prep != 0 {
			end = after
		}
		g.recipients = f.sufferers(g, after, end)
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

// sufferers gives the parties of the words [first, last) that receive g. Who is held, tried or
// sentenced is so as a person, whatever his office.
func (f *finder) sufferers(g *deed, first, last int) []string {
	if m := f.mention(first, last); g.kind == "COERCE" && m.person >= 0 {
		return []string{f.entities[m.person].Name}
	}
	return f.parties(first, last)
}

// preposition reads the recipients after the first preposition of the pattern.
func (f *finder) preposition(g *deed, after int) {
	end := f.clauseEnd(after)
	if g.kind == "CONCEDE" && end < len(f.Tokens) && f.takesUp(end) {
		end = f.clauseEnd(end + 1) // «ألغت عقوبات فرضتها على المدينة»
	}
	for j := after; j < end; j++ {
		if j <= after+1 && f.pointed(g, j) {
			g.recipients, g.bound = f.condemned(g), true
			return
		}
		at, ok := f.opens(g, j)
		if !ok {
			continue
		}
		g.bound = true
		last := max(f.phrase(at), at+1)
		if g.recipients = f.called(at, last); len(g.recipients) == 0 {
			g.recipients = f.sufferers(g, at, last)
		}
		g.told = g.told || len(g.recipients) > 0
		if len(g.recipients) == 0 {
			g.recipients = f.place(g, at)
		}
		if len(g.recipients) == 0 && g.kind != "REQUEST" && !f.Tokens[at].Tables.Has(lex.Title) && !f.crowded(at, last) {
			g.recipients = f.firstParty(last, min(last+6, end))
		}
		f.treaty(g, at, last)
		return
	}
	if g.kind == "REQUEST" && g.phrase {
		g.recipients = f.obliged(g)
	}
	if g.kind == "THREATEN" {
		g.recipients = f.otherParty(after, min(after+14, f.clauseEnd(after)), g.actors)
	}
	if g.kind == "ACCUSE" {
		f.accused(g, after)
	}
}

// takesUp reports whether token i ends in the pronoun by which a clause takes up the noun before
// it.
func (f *finder) takesUp(i int) bool {
	for _, p := range pronouns {
		if strings.HasSuffix(f.Tokens[i].Base, p) {
			return true
		}
	}
	return false
}

// obliged gives who is to do what g calls for («أكد ضرورة وقف إيران أنشطتها»).
func (f *finder) obliged(g *deed) []string {
	at := g.tail
	if at+1 >= len(f.Tokens) || f.Tokens[at].Kind != ling.Word || f.Tokens[at].Definite() || f.Tokens[at].Prep != 0 {
		return nil
	}
	return without(f.firstParty(at+1, at+2), g.actors)
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
			if len(g.recipients) == 0 {
				g.recipients = f.treatyWith(g, i, last)
			}
			if n, _, of := f.Name(last); of && len(g.recipients) == 0 && f.Tokens[last].Prep == 'l' && f.names[n].Kind == isnad.Organization {
				g.recipients = f.parties(last, f.phrase(last))
			}
			return
		}
	}
}

// treatyWith gives with whom the treaty at token i, whose words end at last, was made: the body
// that its name holds, who is told behind «مع», or with whom the article tells it elsewhere.
func (f *finder) treatyWith(g *deed, i, last int) []string {
	if last < len(f.Tokens) && (f.Tokens[last].Base == script.With && f.Tokens[last].Is(lex.Prep)) {
		return without(f.parties(last+1, f.phrase(last+1)), g.actors)
	}
	if n, _, of := f.Name(last); of && f.Preposition(last) == 'l' && f.names[n].Kind == isnad.Organization {
		return f.parties(last, f.phrase(last))
	}
	if !f.Tokens[i].Definite() {
		return nil
	}
	for _, j := range f.pacts[:min(len(f.pacts), memory)] {
		if f.Tokens[j].Stem != f.Tokens[i].Stem {
			continue
		}
		if p := f.landIn(j+1, f.phrase(j)); p != "" && !contains(g.actors, p) {
			return []string{p}
		}
		if k := f.phrase(j); k+1 < len(f.Tokens) && f.Tokens[k].Base == script.With {
			if p := f.landIn(k+1, f.phrase(k+1)); p != "" && !contains(g.actors, p) {
				return []string{p}
			}
		}
	}
	return nil
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
		return j, g.has("subj_li") || g.has("subj_ila") && g.kind != "REQUEST" || g.shape != verb && g.has("subj_obj")
	}
	if !t.Is(lex.Prep) {
		return 0, false
	}
	for _, p := range g.pattern {
		if word, ok := prepositions[p]; ok && t.Base == word {
			g.partner = word == script.With || g.kind == "AGREE" && word == script.From
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
				return with(nil, f.sides[e])
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
		if p := f.blow(j); len(p) > 0 {
			return p
		}
	}
	return nil
}

// blow gives whose the assault told at token j is: by its adjective of nation, behind «ل» or in
// the genitive («في غارات فرنسية», «في غارة للتحالف», «في غارات التحالف»).
func (f *finder) blow(j int) []string {
	s, last, ok := f.Match(j, lex.EventNoun)
	if !ok || f.Lex.EventNouns[s.Row].Type != "ASSAULT" || !slices.Contains(f.Lex.EventNouns[s.Row].Pattern, "of") {
		return nil
	}
	g := deed{first: j, last: last}
	if code := f.adjective(&g); code != "" {
		return []string{code}
	}
	if at := f.adjectives(&g); at < len(f.Tokens) && f.Preposition(at) == 'l' {
		return f.parties(at, f.phrase(at))
	}
	if end := f.genitive(&g, false); end > last && !f.land(last) {
		return f.parties(last, end)
	}
	return nil
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

// condemned gives whom the pronoun behind g means: the person named last where somebody is held
// or sentenced, else the nearest party.
func (f *finder) condemned(g *deed) []string {
	if g.kind == "COERCE" || g.kind == "SANCTION" || g.kind == "ASSAULT" && g.shape == masdar {
		first := max(f.Sents[f.SentenceOf(g.first)].First, g.first-back)
		for j := g.first - 1; j >= first; j-- {
			if n, _, ok := f.Name(j); ok && f.names[n].Kind == isnad.Person && f.names[n].Entity >= 0 {
				return []string{f.entities[f.names[n].Entity].Name}
			}
		}
	}
	return f.referent(g.first, g.actors)
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

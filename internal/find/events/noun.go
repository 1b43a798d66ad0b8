package events

import (
	"slices"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// frameNoun reads the parties of a verbal or other noun.
func (f *finder) frameNoun(g *deed) {
	if g.phrase && g.kind == "REQUEST" { // «جددت الوزارة التأكيد على وجوب»
		if g.actors = f.governor(g); len(g.actors) > 0 {
			g.told, g.recipients = true, f.obliged(g)
			return
		}
	}
	if f.backing(g) {
		return
	}
	if g.has("force") && !f.forced(g.last, f.phrase(g.last)) {
		g.part = true
		return
	}
	after := g.tail
	suffers := g.has("obj") || g.shape == masdar && g.has("subj_obj") && objective(g.kind)
	if f.Pronoun(g.first) || f.Pronoun(g.last-1) {
		p := f.owner(g)
		if g.has("obj") && !g.has("subj_obj") {
			g.recipients = p
		} else {
			g.actors = p
		}
		if g.kind == "CONSULT" {
			for _, q := range f.parties(after, f.phrase(after)) { // «لقائه الوزير»
				g.actors = with(g.actors, q)
			}
		}
	} else if end := f.genitive(g, g.has("obj")); end > g.last && !(g.phrase && g.kind == "REQUEST") {
		p := f.counts(g.last, end)
		if len(p) == 0 && g.shape == masdar && f.Pronoun(g.last) {
			p = f.governor(g) // «أعلن السفير رفض بلاده»
		}
		if len(p) == 0 {
			p = f.member(g.last, end)
		}
		if len(p) == 0 && suffers {
			p = f.firstParty(end, min(end+6, f.clauseEnd(end)))
		}
		after = end
		switch {
		case g.shape == masdar && g.kind == "CONSULT" && g.has("subj_ila") && f.land(g.last):
			g.recipients = p // «زيارة العاصمة»
		case suffers && (!g.has("of", "subj_obj") || !f.struck(g, end)):
			g.recipients = p
		default:
			g.actors = p
		}
		g.told = len(p) > 0
	}
	if at := f.adjectives(g); len(g.actors) == 0 && g.shape == noun && held(g.kind) && g.has("of") && !g.has("obj", "subj_li", "subj_ila") && at < len(f.Tokens) && f.Preposition(at) == 'l' {
		if g.actors = f.counts(at, f.phrase(at)); len(g.actors) > 0 {
			g.told, after = true, max(f.phrase(at), after) // «غارة للتحالف», «اجتماع لوزراء الاتحاد»
		}
	}
	if code := f.adjective(g); code != "" && (g.shape == masdar || g.has("demonym")) {
		g.actors, g.told = []string{code}, true
	}
	f.between(g, after)
	f.gather(g, after)
	if g.kind == "REQUEST" && f.Tokens[g.first].Prep == 'b' && after+1 < len(f.Tokens) && f.Tokens[after].Base == script.From {
		g.actors, g.told = f.parties(after+1, f.phrase(after+1)), true // «بطلب من الوزير»
		return
	}
	if g.kind == "ASSAULT" && len(g.recipients) == 0 {
		f.aim(g, after)
	}
	if len(g.recipients) == 0 {
		f.preposition(g, after)
	}
	if len(g.actors) == 0 {
		g.actors = f.agent(g.first, after)
	}
	if t := after; len(g.actors) == 0 && !fatal(g) && t < len(f.Tokens) && f.Tokens[t].Base == script.From && f.Tokens[t].Is(lex.Prep) && !g.has("subj_min") {
		g.actors = f.parties(t+1, f.phrase(t+1))
		g.bound = g.bound || len(g.actors) > 0
		if len(g.actors) > 0 && len(g.recipients) == 0 && g.kind == "REQUEST" {
			g.recipients = without(f.governor(g), g.actors) // «تلقى الوزير دعوة من الرئيس»
		}
	}
	if len(g.actors) == 0 {
		var end int
		g.actors, end = f.performer(g)
		g.told = g.told || len(g.actors) > 0
		if len(g.actors) > 0 && len(g.recipients) == 0 {
			f.preposition(g, end) // «زيارة قام بها الوزير إلى المدينة»
		}
	}
	if len(g.actors) == 0 && !f.Tokens[g.first].Definite() && !(g.shape == noun && g.has("obj")) {
		f.govern(g)
	}
	if len(g.actors) == 0 && g.shape == masdar {
		f.carryOn(g)
	}
	f.scene(g)
}

// backing reads who stands by whom from «بدعم من» and the like: whoever does what the clause tells
// is backed.
func (f *finder) backing(g *deed) bool {
	at := f.adjectives(g)
	if g.kind != "SUPPORT" && g.kind != "AID" || g.phrase || f.Tokens[g.first].Prep != 'b' || f.Tokens[g.first].Definite() || at+1 >= len(f.Tokens) || f.Tokens[at].Base != script.From {
		return false
	}
	if f.unnamed(at+1, f.phrase(at+1)) && f.crowded(at+1, f.phrase(at+1)) {
		return true
	}
	g.actors = f.parties(at+1, f.phrase(at+1))
	g.recipients = without(f.governor(g), g.actors)
	if len(g.actors) == 0 || len(g.recipients) == 0 {
		g.recipients = without(f.referent(g.first, g.actors), g.actors)
	}
	g.told, g.backed = true, len(g.actors) > 0 && len(g.recipients) > 0
	if g.backed && f.armed(g.first) {
		g.kind = "AID"
	}
	return true
}

// aim reads whom an assault struck from the verb that says so of it («هجوم استهدف
// الشرطة»): that verb tells of no other deed.
func (f *finder) aim(g *deed, after int) {
	stop := min(f.Sents[f.SentenceOf(g.first)].Last, after+4)
	for j := after; j < stop; j++ {
		t := &f.Tokens[j]
		if t.Kind != ling.Word || t.Conj != 0 {
			return
		}
		if s, ok := t.Sense(lex.Trigger); ok && s.Form&lex.Verb != 0 && f.finite(j) {
			row := &f.Lex.Triggers[s.Row]
			if row.Type == "ASSAULT" && slices.Contains(row.Pattern, "subj_obj") && !t.Pron && !slices.Contains(row.Pattern, "obj") {
				end := f.phrase(j + 1)
				g.recipients = f.counts(j+1, end)
				if len(g.recipients) == 0 && end < len(f.Tokens) && f.Preposition(end) == 'l' {
					g.recipients = f.parties(end, f.phrase(end)) // «آليات للحركة»
				}
				g.told, g.aimed = g.told || len(g.recipients) > 0, len(g.recipients) > 0
				g.tail = j + 1
			}
			return
		}
		if t.Prep != 0 || t.Is(lex.Prep) || !t.Is(lex.Rel) && (t.Definite() != f.Tokens[g.first].Definite() || t.Vocab.POS&vocab.Adj == 0) {
			return
		}
	}
}

// held reports whether the noun of such a deed takes who does it behind «ل» too.
func held(kind string) bool { return kind == "ASSAULT" || kind == "CONSULT" || kind == "PROTEST" }

// land reports whether the words from token i on begin with the name of a place or a kind of
// place, which is visited and does not visit.
func (f *finder) land(i int) bool {
	if n, _, ok := f.Name(i); ok {
		return f.names[n].Kind == isnad.Place
	}
	s, ok := f.Tokens[i].Sense(lex.Head)
	return ok && f.Lex.Heads[s.Row].Kind == "place"
}

// objective reports whether the genitive of a verbal noun of this type is who suffers.
func objective(kind string) bool {
	switch kind {
	case "ASSAULT", "COERCE", "SANCTION", "CONCEDE", "AID", "ACCUSE":
		return true
	}
	return false
}

// struck reports whether somebody else is named as the one who suffers right behind the
// genitive («قصف الطائرات للمدينة», «قصف المتمردين على المواقع»).
func (f *finder) struck(g *deed, after int) bool {
	if after >= len(f.Tokens) {
		return false
	}
	t := &f.Tokens[after]
	return t.Prep == 'l' || t.Is(lex.Prep) && t.Base == script.Ala
}

// genitive gives the end of the noun phrase that stands in the genitive behind g, or the
// token behind g.
func (f *finder) genitive(g *deed, victims bool) int {
	i := g.last
	if i >= len(f.Tokens) || f.Tokens[i-1].Definite() {
		return i
	}
	t := &f.Tokens[i]
	if _, _, named := f.Name(i); g.phrase && g.has("subj_min") && !named && !t.Definite() {
		return i // «تحرير مناطق واسعة من المسلحين»
	}
	if t.Prep != 0 || t.Conj != 0 || t.Kind == ling.Punct && t.Fold != "#" || f.nation(i) != "" && !t.Definite() && !victims {
		return i
	}
	return f.phrase(i)
}

// carryOn gives a verbal noun of speech the actor of the deed told before it in the
// sentence, and one after a noun («سعي أميركي للانسحاب») the party of that noun.
func (f *finder) carryOn(g *deed) {
	sent := f.Sents[f.SentenceOf(g.first)].First
	switch g.kind {
	case "REQUEST", "ACCUSE", "THREATEN", "REJECT":
		if n := len(f.given); n > 0 && f.given[n-1].first >= sent {
			g.actors, g.carried = f.given[n-1].actors, true
		}
		return
	}
	if g.kind != "RETREAT" && g.kind != "SANCTION" && g.kind != "CONSULT" {
		return
	}
	if f.Tokens[g.first].Prep == 0 && (g.first == sent || !f.Tokens[g.first-1].Is(lex.Prep)) {
		return
	}
	for j := g.first - 1; j >= sent && j >= g.first-4; j-- {
		if p := f.firstParty(j, j+1); len(p) > 0 {
			g.actors = p
			return
		}
	}
}

// scene fills the party that a deed without any takes from the land it is told of: the
// people who protest, or those on whom the blows fall.
func (f *finder) scene(g *deed) {
	switch {
	case g.kind == "PROTEST" && len(g.actors) == 0:
		if m := f.mention(g.last, min(g.last+7, f.clauseEnd(g.last))); m.people != "" {
			g.actors, g.told = []string{m.people}, true
			return
		}
		g.actors = with(nil, f.context(g.first))
	case len(g.actors)+len(g.recipients) > 0 || f.Tokens[g.first].Definite():
	case g.kind == "ASSAULT" && (g.shape == noun || g.shape == masdar) && !g.has("obj"), g.kind == "RETREAT" && g.shape == noun:
		g.recipients = f.firstParty(g.tail, min(g.tail+8, f.clauseEnd(g.tail)))
		g.told = len(g.recipients) > 0
	}
}

// adjectives gives the token after the adjectives of the noun g.
func (f *finder) adjectives(g *deed) int {
	j := g.last
	for j < len(f.Tokens) && j < g.last+3 {
		t := &f.Tokens[j]
		if t.Kind != ling.Word || t.Prep != 0 || t.Conj != 0 || t.Definite() != f.Tokens[g.first].Definite() || t.Vocab.POS&vocab.Adj == 0 && !t.Tables.Has(lex.Nation) {
			break
		}
		j++
	}
	return j
}

// adjective gives the state whose adjective goes with the trigger.
func (f *finder) adjective(g *deed) string {
	for j := g.last; j < len(f.Tokens) && j < g.last+3; j++ {
		t := &f.Tokens[j]
		if t.Kind != ling.Word || t.Prep != 0 || t.Conj != 0 {
			return ""
		}
		if _, _, named := f.Name(j); named {
			return ""
		}
		if s, ok := t.Sense(lex.Nation); ok && g.kind == "AID" && f.said[f.Lex.Countries[s.Row].ISO3] < 2 {
			return "" // «دعم مالي»
		} else if ok && t.Definite() == f.Tokens[g.first].Definite() {
			return f.Lex.Countries[s.Row].ISO3
		}
		if t.Definite() != f.Tokens[g.first].Definite() {
			return ""
		}
	}
	return ""
}

// between reads «بين A و B».
func (f *finder) between(g *deed, after int) {
	if !g.has("recip") {
		return
	}
	end := f.clauseEnd(after)
	for j := after; j < min(end, after+8); j++ {
		if t := &f.Tokens[j]; j == after && t.Is(lex.Prep) && t.Base != script.Between && strings.HasPrefix(t.Base, script.Between) {
			g.actors, g.told = f.partners(g, j+1), true
			return
		}
		if f.Tokens[j].Is(lex.Prep) && f.Tokens[j].Base == script.Between {
			last := f.phrase(j + 1)
			p := f.parties(j+1, last)
			if len(p) == 1 {
				p = f.second(p, last, min(end, last+pair))
			}
			if len(p) > 0 {
				g.actors, g.recipients, g.told = p, nil, true
			}
			return
		}
	}
}

// gather reads «لقاء جمع الوزير بنظيره»: whom the verb behind the noun brings together.
func (f *finder) gather(g *deed, after int) {
	j := f.adjectives(g)
	if g.kind != "CONSULT" || len(g.actors) > 1 || j != after && j != g.last || j+1 >= len(f.Tokens) || f.Tokens[j].Kind != ling.Word || f.Tokens[j].Vocab.POS&vocab.Verb == 0 || f.Tokens[j].Definite() || f.Tokens[j].Prep != 0 || f.Tokens[j].Tables.Has(lex.Trigger) || f.Pronoun(j) {
		return
	}
	end := f.phrase(j + 1)
	if end == j+1 || end >= len(f.Tokens) || f.Preposition(end) != 'b' {
		return
	}
	p := f.parties(j+1, end)
	for _, q := range f.parties(end, f.phrase(end)) {
		p = with(p, q)
	}
	if len(p) > 1 {
		g.actors, g.recipients, g.told = p, nil, true
	}
}

// pair is how far after the first of two partners the second is joined, in tokens.
const pair = 10

// second adds to the partners p the one joined to them among tokens [i, end).
func (f *finder) second(p []string, i, end int) []string {
	for ; i < end; i++ {
		if f.Tokens[i].Conj == 0 || f.finite(i) {
			continue
		}
		for _, q := range f.parties(i, f.phrase(i)) {
			p = with(p, q)
		}
		if len(p) > 1 {
			return p
		}
	}
	return p
}

// partners reads «بينه وبين B»: the owner of the pronoun, and who follows.
func (f *finder) partners(g *deed, j int) []string {
	p := f.owner(g)
	if strings.HasSuffix(f.Tokens[j-1].Base, script.Huma) {
		if pair := f.couple(g.first); len(pair) > 0 {
			return pair
		}
	}
	if j < len(f.Tokens) && f.Tokens[j].Base == script.Between {
		for _, q := range f.parties(j+1, f.phrase(j+1)) {
			p = with(p, q)
		}
	}
	return p
}

// couple gives the two parties that a dual at token i means: the last two told together in
// its sentence, else those of the deed before.
func (f *finder) couple(i int) []string {
	sent := f.Sents[f.SentenceOf(i)].First
	for j := i - 1; j >= sent && j >= i-back; j-- {
		if f.Tokens[j].Conj != 0 || f.Tokens[j].Kind != ling.Word {
			continue
		}
		last := f.phrase(j)
		if last <= j+1 || last > i {
			continue
		}
		p := f.parties(j, last)
		if len(p) == 1 && last < i && f.Tokens[last].Conj != 0 && f.two(j) {
			p = f.second(p, last, last+1) // «الرئيسين الكيني فلان والإسباني فلان»
		}
		if len(p) == 2 {
			return p
		}
	}
	if n := len(f.given); n > 0 && len(f.given[n-1].actors) == 2 {
		return f.given[n-1].actors
	}
	return nil
}

// owner gives whom the pronoun on a noun means: a person named before where one suffers,
// else the nearest party before it, else the subject of its clause.
func (f *finder) owner(g *deed) []string {
	sent := f.Sents[f.SentenceOf(g.first)].First
	for j := g.first - 1; j >= sent && j >= g.first-20; j-- {
		if n, _, ok := f.Name(j); ok && g.has("obj") && f.names[n].Kind == isnad.Person && f.names[n].Entity >= 0 {
			return []string{f.entities[f.names[n].Entity].Name}
		}
		if g.has("obj") || j < g.first-8 {
			continue
		}
		if p := f.firstParty(j, j+1); len(p) > 0 {
			return p
		}
	}
	return f.above(g.first)
}

// performer gives the subject of the relative clause behind a noun whose verb takes the
// noun up by a pronoun («غارات شنتها الطائرات», «القمة التي عقدتها الدول»), and where it ends.
func (f *finder) performer(g *deed) (parties []string, end int) {
	stop := min(f.Sents[f.SentenceOf(g.first)].Last, g.last+5)
	for j := g.last; j < stop; j++ {
		t := &f.Tokens[j]
		done := t.Conj == 0 && t.Vocab.POS&vocab.Verb != 0 && f.resumes(j+1)
		if _, finite := f.VerbAt(j); finite || done || t.Pron && f.finite(j) {
			if !t.Pron && !done {
				return nil, 0
			}
			if !t.Pron {
				j++ // «قامت به»
			}
			a, b, ok := f.SubjectAfter(j)
			if !ok {
				return nil, 0
			}
			return f.parties(a, b), b
		}
		if t.Kind != ling.Word || t.Conj != 0 || t.Prep != 0 || !t.Is(lex.Rel) && (t.Class != 0 || t.Definite() != f.Tokens[g.first].Definite()) {
			return nil, 0
		}
	}
	return nil, 0
}

// govern makes the subject of the verb whose complement g is act, or, where it meets with
// the deed («تعرضت المدينة لهجوم»), suffer.
func (f *finder) govern(g *deed) {
	p := f.governor(g)
	if at := f.governing(g); at >= 0 && g.kind == "ASSAULT" && f.victim(at) {
		if len(g.recipients) == 0 {
			g.recipients = p // «قتل عشرة جنود في غارة»
		}
		return
	}
	if f.Tokens[g.first].Prep != 'l' || !hostile(g.kind) && g.kind != "ACCUSE" {
		g.actors, g.governed = p, true
		return
	}
	if len(g.recipients) == 0 {
		g.recipients, g.passive = p, true
	}
}

// verbal reports whether token j is a finite verb or a word that news knows as nothing else.
func (f *finder) verbal(j int) bool {
	if _, ok := f.VerbAt(j); ok {
		return true
	}
	t := &f.Tokens[j]
	_, _, named := f.Name(j)
	return !named && t.Kind == ling.Word && !t.Definite() && t.Prep == 0 && t.Class == 0 && t.Vocab.POS&vocab.Verb != 0 && t.Vocab.POS&^vocab.Verb == 0
}

// governor gives the subject of the verb whose complement the noun is.
func (f *finder) governor(g *deed) []string {
	if p := f.announcer(g); len(p) > 0 {
		return p
	}
	j := f.governing(g)
	if j < 0 {
		return nil
	}
	if g.kind == "ASSAULT" && f.Tokens[j].Tables.Has(lex.Speech) && (f.Tokens[g.first].Prep != 0 || f.Tokens[g.first-1].Is(lex.Prep)) {
		return nil // who only tells of an assault did not do it
	}
	a, b, ok := f.Subject(j)
	if !ok {
		return f.topic(j)
	}
	if b > g.first {
		return nil
	}
	if p := f.parties(a, b); len(p) > 0 {
		return p
	}
	return f.gathering(a)
}

// announcer gives who announces the noun g in the words right before it («إعلان الحكومة وقف
// القتال»).
func (f *finder) announcer(g *deed) []string {
	for j := g.first - 2; j >= f.Sents[f.SentenceOf(g.first)].First && j >= g.first-6; j-- {
		s, ok := f.Tokens[j].Sense(lex.Speech)
		if ok && s.Form&lex.VerbalNoun != 0 && !f.Tokens[j].Definite() && f.phrase(j+1) >= g.first {
			return f.parties(j+1, g.first)
		}
	}
	return nil
}

// governing gives the verb whose complement the noun g is, or -1.
func (f *finder) governing(g *deed) int {
	sent := f.Sents[f.SentenceOf(g.first)].First
	for j := g.first - 1; j >= sent && j >= g.first-16; j-- {
		if f.Tokens[j].Is(lex.Subord | lex.While | lex.But) {
			return -1
		}
		if f.verbal(j) {
			return j
		}
	}
	return -1
}

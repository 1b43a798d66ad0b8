package statements

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

const particle = vocab.Particle

// marker reads «وفقا لفلان», «بحسب ما نقلت عنه الوكالة», «على حد قوله» at token i: whose
// words they are, and the token after.
func (f *finder) marker(i int) (v voice, end int, ok bool) {
	s, end, ok := f.Match(i, lex.SpeechNoun)
	if !ok || f.Lex.SpeechNouns[s.Row].Class != "according" {
		if !f.hidden(i) {
			return voice{}, i, false
		}
		end = i + 1
	}
	several := end > i+1
	if f.Tokens[i].Base == script.Kaf+script.Mim+script.Alef {
		return f.likewise(i, end)
	}
	if end >= f.last {
		return voice{entity: isnad.None, verbal: several, implied: true}, end, several
	}
	t := &f.Tokens[end]
	at := end
	if t.Is(lex.Rel) && end+1 < f.last {
		at = end + 1
	}
	c, isVerb := f.verb(at)
	if !isVerb && strings.HasSuffix(f.Tokens[at-1].Base, script.Mim+script.Alef) {
		c, isVerb = f.speech(at, lex.Verb) // after «ما» nothing but a verb
		c.verb, _ = f.VerbAt(at)
	}
	if isVerb && (t.Is(lex.Rel) || several || at == end) {
		return f.markerVerb(c)
	}
	if at > end || several && f.Tokens[end-1].Is(lex.Rel) && !f.Tokens[end-1].Is(lex.Subord) && f.Tokens[end-1].Prep == 0 {
		return voice{}, i, false
	}
	n := f.NounPhrase(end)
	if n == end {
		v = voice{entity: isnad.None, verbal: true, implied: true}
		return v, end, several
	}
	v = f.voice([2]int{end, n}, f.personIn(end, n), ling.Verb{})
	if n+1 < f.last && f.document(v) && f.preposition(n) == lex.WithAbout {
		if m := f.NounPhrase(n + 1); some(f.personIn(n+1, m)) { // «التصريحات الصادرة عن فلان»
			return f.voice([2]int{n + 1, m}, f.personIn(n+1, m), ling.Verb{}), m, true
		}
	}
	return v, n, true
}

// hidden reports a marker that the tokenizer left joined to its «و», since the two are a
// word of their own too: «وحسب».
func (f *finder) hidden(i int) bool {
	t := &f.Tokens[i]
	rest, ok := strings.CutPrefix(t.Base, script.Waw)
	if !ok || i != f.first || !t.Is(lex.Adverb) {
		return false
	}
	s, ok := f.Lex.Word(rest).Sense(lex.SpeechNoun)
	return ok && f.Lex.SpeechNouns[s.Row].Class == "according"
}

// likewise reads «كما قال فلان» behind the words it attributes: the verb has nothing said
// behind it, and the clause does not begin with it («كما أعلن أن»).
func (f *finder) likewise(i, end int) (voice, int, bool) {
	if end >= f.last || i == f.first || f.deep {
		return voice{}, i, false
	}
	c, ok := f.verb(end)
	if !ok {
		return voice{}, i, false
	}
	f.deep = true
	defer func() { f.deep = false }()
	if _, follows := f.frameOf(c, false); follows {
		return voice{}, i, false
	}
	return f.markerVerb(c)
}

// markerVerb reads the verb of «حسبما أفادت الشرطة», «بحسب ما نقلت عنه الوكالة».
func (f *finder) markerVerb(c cue) (voice, int, bool) {
	for j := c.end; j < min(f.last, c.end+6); j++ {
		t := &f.Tokens[j]
		_, _, named := f.Name(j)
		if !named && t.Kind == ling.Word && t.Is(lex.Prep|lex.TimeConj) && t.Prep == 0 && !f.holdsPronoun(j) {
			j = max(f.NounPhrase(j+1), j+1) - 1
			continue
		}
		if !named && t.Kind == ling.Word && (t.Is(lex.Prep|lex.Adverb) && t.Prep == 0 || f.IsTime(j)) {
			continue
		}
		n := f.NounPhrase(j)
		if n == j || !named && t.Prep != 0 {
			break
		}
		person := f.personIn(j, n)
		if !some(person) {
			bearer := f.pastTitle(j, n)
			if k, end, ok := f.nameAt(bearer); ok && f.names[k].Kind == isnad.Person {
				person, n = [2]int{bearer, end}, end
			}
		}
		v := f.voice([2]int{j, n}, person, c.verb)
		v.verbal = true
		return v, n, true
	}
	return voice{entity: isnad.None, verbal: true, implied: true, fem: c.verb.Feminine, plural: c.verb.Plural}, c.end, true
}

// pastTitle gives the token behind what a title [first, i) is of, where its bearer's name
// may stand: «كبير الأطباء في المدينة فلان».
func (f *finder) pastTitle(first, i int) int {
	if f.isName([2]int{first, i}) || i >= f.last || !f.Tokens[i].Is(lex.Prep) && f.Tokens[i].Prep == 0 && !f.Tokens[i].Definite() {
		return i
	}
	for k := i; k <= min(f.after(i, 2), f.last-1); k++ {
		if f.person(k) {
			return k
		}
	}
	return i
}

// speaker reports whether the voice of a marker can speak, or has spoken before.
func (f *finder) speaker(v voice) bool {
	return f.agent(v.first, v.last) || v.entity != isnad.None
}

// nameAt is Name for a token that may be past the sentence.
func (f *finder) nameAt(i int) (int, int, bool) {
	if i >= f.last {
		return 0, i, false
	}
	return f.Name(i)
}

// according takes the marker at token i: before the words said, after them, or after
// another's words that its voice passed on. It gives the token to go on from.
func (f *finder) according(i int) (int, bool) {
	v, end, ok := f.marker(i)
	if !ok || !v.verbal && !f.speaker(v) {
		return i, false
	}
	if v.implied {
		return f.accordingSelf(i, end, v)
	}
	if f.opensClause(i) {
		return f.accordingBefore(i, end, v), true
	}
	return f.accordingAfter(i, end, v), true
}

// accordingSelf takes «على حد قوله»: the words before are the carried speaker's.
func (f *finder) accordingSelf(i, end int, v voice) (int, bool) {
	if len(f.found) > f.begun { // within a statement, it says so once more
		return end, true
	}
	w, ok := f.carry(ling.Verb{Feminine: v.fem, Plural: v.plural})
	if !ok {
		return end, true
	}
	from := f.clauseFrom(i)
	f.add(said{cue: i, end: end, from: from, to: i, speaker: w, implied: true, rule: "according/self", confidence: 0.6})
	return end, true
}

// opensClause reports whether nothing but particles stands before token i in its clause.
func (f *finder) opensClause(i int) bool {
	for j := f.first; j < i; j++ {
		t := &f.Tokens[j]
		if t.Kind == ling.Word && !t.Is(lex.Adverb|lex.But|lex.Conj|lex.Particle|lex.Subord|lex.While) {
			return false
		}
	}
	return true
}

// clauseFirst is the first token of the sentence behind the contents found in it.
func (f *finder) clauseFirst() int {
	return max(f.first, f.told)
}

// clauseFrom gives the first word of the clause that ends before token i.
func (f *finder) clauseFrom(i int) int {
	from := f.clauseFirst()
	for from < i {
		t := &f.Tokens[from]
		if t.Kind == ling.Word && !f.leads(from) {
			break
		}
		if f.mark(from) {
			break
		}
		from++
	}
	return from
}

// leads reports a particle that leads into a clause and is no part of what was said.
func (f *finder) leads(i int) bool {
	t := &f.Tokens[i]
	return f.complementizer(i) || t.Is(lex.Qad|lex.Conj) || t.Is(lex.Adverb) && f.comma(i+1) || t.Is(lex.But)
}

// beforeWords names the rule of a marker before the words said.
const beforeWords = "according/before"

// accordingBefore takes a marker that opens its clause: the words said follow it.
func (f *finder) accordingBefore(i, end int, v voice) int {
	j := end
	if j < f.last && (f.Tokens[j].Is(lex.Rel) || f.comma(j) && j+1 < f.last && f.Tokens[j+1].Is(lex.Pron) && f.Tokens[j+1].Conj == 'w') {
		j = f.nextComma(j + 1)
	}
	if _, ok := f.VerbAt(min(j, f.last-1)); j < f.last && f.document(v) && (ok && f.Tokens[j].Conj == 0 || f.preposition(j) != 0) {
		if k := f.nextComma(j); k < f.last && k-j <= farObject { // «وفق مرسوم صدر أمس، »
			j = k
		}
	}
	for j < f.last && (f.comma(j) || f.IsTime(j)) {
		j++
	}
	j = f.pastFront(j)
	if j >= f.last {
		return end
	}
	from, to, direct := f.content(j, colon)
	f.add(said{cue: i, end: f.markerEnd(i, v), from: from, to: to, direct: direct, speaker: v, rule: beforeWords, confidence: 0.85})
	f.speak(v)
	return from
}

// pastFront gives the token behind the complementizer that brings in what was said, at
// token j or after the rest of the source's name («السفارة في العاصمة فإن»).
func (f *finder) pastFront(j int) int {
	if f.complementizer(j) {
		return j + 1
	}
	for k := j; k < min(f.last, j+12); k++ {
		if f.complementizer(k) {
			if f.fronted(k) {
				return k + 1
			}
			break
		}
		if f.comma(k) || f.mark(k) {
			break
		}
	}
	return j
}

// nextComma gives the next comma at or after token j, or the sentence's end.
func (f *finder) nextComma(j int) int {
	for ; j < f.last; j++ {
		if f.comma(j) {
			return j
		}
	}
	return j
}

// markerEnd gives the token after the marker's own words.
func (f *finder) markerEnd(i int, v voice) int {
	if v.first > i {
		return v.first
	}
	return i + 1
}

// accordingAfter takes a marker behind the words said. When they are a statement already,
// its voice passed them on.
func (f *finder) accordingAfter(i, end int, v voice) int {
	if n := len(f.found); n > f.begun {
		s := &f.found[n-1]
		if gap := i - s.to; gap >= 0 && gap <= 3 && !f.wordsBetween(s.to, i) {
			if s.cue < s.from && !f.same(s.speaker, v) && !f.issued(v) {
				s.via = append(s.via, v)
				f.overheard(v)
			}
			return end
		}
	}
	from := f.clauseFrom(i)
	direct := false
	if f.mark(from) {
		if q := f.QuoteOf(from); q >= 0 && f.Quotes[q].Closed && f.Quotes[q].Open == from && !f.wordsBetween(f.Quotes[q].Close, i) {
			direct = true
		}
	}
	f.add(said{cue: i, end: f.markerEnd(i, v), from: from, to: i, direct: direct, speaker: v, rule: "according/after", confidence: 0.9})
	f.speak(v)
	return end
}

// issued reports whether v is an indefinite vessel: «وفقا لبيان» after «أعلنت الوزارة» is
// the ministry's own.
func (f *finder) issued(v voice) bool {
	return f.document(v) && !f.definite([2]int{v.first, v.last})
}

// overheard notes that v passed on the last speaker's words: it comes before him among
// those who may go on.
func (f *finder) overheard(v voice) {
	f.voices = append(f.voices, v)
	if n := len(f.voices); n > 1 {
		f.voices[n-2], f.voices[n-1] = f.voices[n-1], f.voices[n-2]
	}
}

// wordsBetween reports whether a word or number stands in tokens [from, to).
func (f *finder) wordsBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if k := f.Tokens[i].Kind; k == ling.Word || k == ling.Number {
			return true
		}
	}
	return false
}

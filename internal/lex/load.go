package lex

import (
	"embed"
	"errors"
	"io/fs"
	"strconv"
	"strings"
	"sync"

	"github.com/isnad-project/isnad/internal/script"
)

//go:embed data/*.tsv
var embedded embed.FS

// Default loads the embedded lexicon once and shares it.
var Default = sync.OnceValues(func() (*Lexicon, error) { return Load(data()) })

// data is the folder of the embedded tables.
func data() fs.FS {
	sub, err := fs.Sub(embedded, "data")
	if err != nil {
		return embedded // cannot be: the name is constant and valid
	}
	return sub
}

// Load reads all tables from fsys. Its error names every bad row of every file.
func Load(fsys fs.FS) (*Lexicon, error) {
	b := &builder{lexicon: &Lexicon{words: make(map[string]*Word, 1<<17), stamps: make(map[string]*Word, 1<<9)}, fsys: fsys}
	b.places()
	b.people()
	b.heads()
	b.calendar()
	b.counting()
	b.speech()
	b.deeds()
	b.closed()
	b.stamps()
	if len(b.faults) > 0 {
		return nil, errors.Join(b.faults...)
	}
	return b.lexicon, nil
}

type builder struct {
	lexicon *Lexicon
	fsys    fs.FS
	faults  faults
	seen    map[string]int
	folder  script.Folder

	// Words and their first senses are cut from slabs: there are many and they live as
	// long as the lexicon.
	words  []Word
	senses []Sense
}

// slab is how many words or senses are made at once.
const slab = 1 << 12

func (b *builder) sheet(file, columns string) []row {
	b.seen = map[string]int{}
	return readSheet(b.fsys, file, strings.Fields(columns), &b.faults).rows
}

// try keeps the sentence that a row must match.
func (b *builder) try(r row, t Table, n int) {
	if s := r.text("try"); s != "" {
		b.lexicon.Tries = append(b.lexicon.Tries, Try{t, n, s, r.sheet.file, r.line})
	}
}

// unique complains of a second row with the same key in one table.
func (b *builder) unique(r row, key ...string) {
	k := b.folder.View(strings.Join(key, "\t")).Text
	if at, twice := b.seen[k]; twice {
		r.bad("%q stands already in line %d", key, at)
	}
	b.seen[k] = r.line
}

// put indexes one folded form, of one word or several.
func (b *builder) put(form string, s Sense) { b.mean(b.node(b.lexicon.words, form), s) }

// mean adds a sense to a word.
func (b *builder) mean(w *Word, s Sense) {
	for _, have := range w.Senses {
		if have.Table == s.Table && have.Row == s.Row && have.Form&Verb != 0 == (s.Form&Verb != 0) {
			return
		}
	}
	if w.Senses == nil {
		if len(b.senses) == 0 {
			b.senses = make([]Sense, slab)
		}
		w.Senses, b.senses = b.senses[:0:1], b.senses[1:]
	}
	w.Senses = append(w.Senses, s)
	w.Tables |= 1 << s.Table
}

// node finds or makes the word or phrase of a folded form among the words of an index.
func (b *builder) node(index map[string]*Word, form string) *Word {
	word, rest, more := strings.Cut(form, " ")
	w := b.child(index, word)
	for more {
		word, rest, more = strings.Cut(rest, " ")
		if w.next == nil {
			w.next = make(map[string]*Word, 1)
		}
		w.hints |= hint(word)
		w = b.child(w.next, word)
	}
	return w
}

func (b *builder) child(m map[string]*Word, word string) *Word {
	w := m[word]
	if w == nil {
		if len(b.words) == 0 {
			b.words = make([]Word, slab)
		}
		w, b.words = &b.words[0], b.words[1:]
		w.Form = word
		m[word] = w
	}
	return w
}

// name indexes proper names as they stand, or without a leading ال of the second
// spelling: proper names are not inflected.
func (b *builder) name(t Table, row int, names ...string) {
	for _, n := range names {
		if n != "" {
			b.put(b.phrase(n), Sense{Table: t, Row: int32(row)})
		}
	}
}

// phrase folds a value and sets its words one space apart, as the tokens will be.
func (b *builder) phrase(s string) string {
	folded := b.folder.View(s).Text
	if !strings.ContainsAny(folded, tokenSigns) {
		return folded
	}
	return strings.Join(strings.Fields(signs.Replace(folded)), " ")
}

// tokenSigns are tokens of their own; signs puts spaces round them.
const tokenSigns = "-./()%&'+:²³"

var signs = strings.NewReplacer("-", " - ", ".", " . ", "/", " / ", "(", " ( ", ")", " ) ", "%", " % ", "&", " & ", "'", " ' ", "+", " + ", ":", " : ", "²", " ² ", "³", " ³ ")

// inflect indexes the forms that inflect gives for the first word of each folded
// phrase; the words after it also stand with the article or the accusative.
func (b *builder) inflect(t Table, row int, inflect func(word string, root bool) []inflected, phrases ...string) {
	for _, p := range phrases {
		head, _, _ := strings.Cut(p, " ")
		root := strings.HasSuffix(head, script.Ha) // folding makes ة the same letter
		for _, f := range first(b.phrase(p), func(s string) []inflected { return inflect(s, root) }) {
			s := Sense{Table: t, Form: f.form, Row: int32(row)}
			b.put(f.text, s)
			if head, rest, more := strings.Cut(f.text, " "); more {
				b.put(head+" "+defined(rest), s)
				b.put(head+" "+rest+script.Alef, s)
			}
		}
	}
}

// whole indexes phrases as they stand, and with the article on every later word.
func (b *builder) whole(t Table, row int, form Form, phrases ...string) {
	one := func(s string, _ bool) []inflected { return []inflected{{s, form}} }
	b.inflect(t, row, one, phrases...)
}

// defined sets the article before every word of a folded phrase that has none.
func defined(p string) string {
	words := strings.Fields(p)
	for i, w := range words {
		if !strings.HasPrefix(w, script.Al) && letters(w) > 2 {
			words[i] = script.Al + w
		}
	}
	return strings.Join(words, " ")
}

// verb indexes all forms of a verb, and of a verb phrase its first word too; the words of a
// nominal phrase stay together but in deeds («طرد عشرين دبلوماسيا»).
func (b *builder) verb(t, opening Table, row int, v VerbForms) {
	for _, f := range v.forms() {
		b.put(f.text, Sense{Table: t, Form: f.form, Row: int32(row)})
		if word, _, more := strings.Cut(f.text, " "); more && (f.form&VerbalNoun == 0 || opening == TriggerOpening) {
			b.put(word, Sense{Table: opening, Form: f.form, Row: int32(row)})
		}
	}
}

func (b *builder) places() {
	l := b.lexicon
	for _, r := range b.sheet("countries.tsv", "iso3 iso2 name variants demonym people capital source") {
		b.unique(r, r.need("iso3"))
		c := CountryRow{r.text("iso3"), r.text("iso2"), r.need("name"), r.list("variants"), r.list("demonym"), r.list("people"), r.list("capital")}
		n := len(l.Countries)
		l.Countries = append(l.Countries, c)
		b.name(Country, n, append([]string{c.Name}, c.Variants...)...)
		b.name(Capital, n, c.Capitals...)
		b.inflect(Nation, n, adjective, c.Demonym...)
		b.whole(People, n, Plural, c.People...)
	}
	for _, r := range b.sheet("demonyms.tsv", "demonym people code source") {
		b.unique(r, r.need("demonym"))
		n := len(l.Demonyms)
		l.Demonyms = append(l.Demonyms, DemonymRow{r.text("demonym"), r.list("people"), r.text("code")})
		b.inflect(Demonym, n, adjective, r.text("demonym"))
		b.whole(Demonym, n, Plural, r.list("people")...)
	}
	for _, r := range b.sheet("places.tsv", "name variants class iso3 source") {
		b.unique(r, r.need("name"), r.text("iso3"), r.text("class"))
		class := r.one("class", "continent", "region", "city", "district", "province", "river", "sea", "strait", "island", "mountain", "desert", "camp", "airport", "base", "building", "street", "border", "other")
		p := PlaceRow{r.text("name"), r.list("variants"), class, r.text("iso3")}
		l.Places = append(l.Places, p)
		b.name(Place, len(l.Places)-1, append([]string{p.Name}, p.Variants...)...)
	}
}

func (b *builder) people() {
	l := b.lexicon
	for _, r := range b.sheet("people.tsv", "name variants short iso3 role source") {
		b.unique(r, r.need("name"))
		p := PersonRow{r.text("name"), r.list("variants"), r.list("short"), r.text("iso3"), r.text("role")}
		l.Persons = append(l.Persons, p)
		b.name(Person, len(l.Persons)-1, append([]string{p.Name}, p.Variants...)...)
		b.name(Short, len(l.Persons)-1, p.Short...)
	}
	for _, r := range b.sheet("forenames.tsv", "name gender source") {
		b.unique(r, r.need("name"))
		l.Forenames = append(l.Forenames, ForenameRow{r.text("name"), r.one("gender", "m", "f", "")})
		b.name(Forename, len(l.Forenames)-1, r.text("name"))
	}
	for _, r := range b.sheet("surnames.tsv", "name source") {
		b.unique(r, r.need("name"))
		l.Surnames = append(l.Surnames, SurnameRow{r.text("name")})
		b.name(Surname, len(l.Surnames)-1, r.text("name"))
	}
	for _, r := range b.sheet("orgs.tsv", "name variants class iso3 source") {
		b.unique(r, r.need("name"))
		class := r.one("class", "intl", "government", "ministry", "security", "court", "party", "armed", "company", "bank", "media", "agency", "club", "ngo", "university", "religious", "thing", "other")
		o := OrgRow{r.text("name"), r.list("variants"), class, r.text("iso3")}
		l.Orgs = append(l.Orgs, o)
		b.name(Org, len(l.Orgs)-1, append([]string{o.Name}, o.Variants...)...)
	}
}

func (b *builder) heads() {
	l := b.lexicon
	for _, r := range b.sheet("heads.tsv", "word plural kind part source try") {
		b.unique(r, r.need("word"), r.text("kind"))
		h := HeadRow{r.text("word"), r.list("plural"), r.one("kind", "org", "place", "other"), r.one("part", "in", "out", "called", "nation", "maybe")}
		l.Heads = append(l.Heads, h)
		b.try(r, Head, len(l.Heads)-1)
		b.inflect(Head, len(l.Heads)-1, noun, h.Word)
		b.whole(Head, len(l.Heads)-1, Plural, h.Plural...)
	}
	for _, r := range b.sheet("titles.tsv", "title plural class kind source try") {
		b.unique(r, r.need("title"))
		t := TitleRow{r.text("title"), r.list("plural"), r.one("class", "office", "rank", "honorific", "profession", "role", "kin"), r.one("kind", "named", "anonymous")}
		l.Titles = append(l.Titles, t)
		b.try(r, Title, len(l.Titles)-1)
		b.inflect(Title, len(l.Titles)-1, adjective, t.Title)
		b.whole(Title, len(l.Titles)-1, Plural, t.Plural...)
	}
}

func (b *builder) calendar() {
	l := b.lexicon
	for _, r := range b.sheet("months.tsv", "name number calendar family source") {
		m := MonthRow{r.need("name"), r.integer("number", 1, 12), r.one("calendar", "gregorian", "hijri"), r.one("family", "international", "levantine", "egyptian", "maghrebi", "hijri")}
		b.unique(r, m.Name, m.Calendar, strconv.Itoa(m.Number))
		l.Months = append(l.Months, m)
		b.name(Month, len(l.Months)-1, m.Name)
	}
	for _, r := range b.sheet("weekdays.tsv", "name number source") {
		w := WeekdayRow{r.need("name"), r.integer("number", 1, 7)}
		b.unique(r, w.Name)
		l.Weekdays = append(l.Weekdays, w)
		b.name(Weekday, len(l.Weekdays)-1, w.Name)
	}
	for _, r := range b.sheet("timewords.tsv", "form class value source try") {
		class := r.one("class", "reference", "day", "daypart", "season", "next", "last", "this", "same", "mod", "ago", "since", "for", "within", "by", "every", "holiday", "era", "decade", "clock", "zone", "weekend", "rest", "whole",
			"of", "in", "to", "or", "between", "after", "equal", "running", "few", "age", "aged", "dated", "lapse", "ahead", "out of", "number of", "range", "others")
		b.unique(r, r.need("form"), class)
		l.TimeWords = append(l.TimeWords, TimeWordRow{r.text("form"), class, r.text("value")})
		b.try(r, TimeWord, len(l.TimeWords)-1)
		b.name(TimeWord, len(l.TimeWords)-1, r.text("form"))
	}
}

func (b *builder) counting() {
	l := b.lexicon
	for _, r := range b.sheet("numbers.tsv", "word value kind source") {
		n := NumberRow{Word: r.need("word"), Kind: r.one("kind", "unit", "teen", "ten", "hundred", "scale", "ordinal", "fraction", "vague")}
		b.unique(r, n.Word, n.Kind)
		if v := r.text("value"); v != "" {
			var err error
			if n.Value, err = strconv.ParseFloat(v, 64); err != nil {
				r.bad("value %q is no number", v)
			}
		} else if n.Kind != "vague" {
			r.bad("no value")
		}
		l.Numbers = append(l.Numbers, n)
		b.name(Number, len(l.Numbers)-1, n.Word)
	}
	for _, r := range b.sheet("units.tsv", "singular plural class code source") {
		b.unique(r, r.need("singular"))
		class := r.one("class", "person", "group", "thing", "casualty", "weapon", "vehicle", "measure", "time", "animal", "building")
		u := UnitRow{Singular: r.text("singular"), Plural: r.list("plural"), Class: class, Code: r.text("code")}
		u.Name = l.fullName(u)
		l.Units = append(l.Units, u)
		if u.Name != u.Singular {
			b.whole(Unit, len(l.Units)-1, 0, u.Singular) // «كم» has no «كما»
			continue
		}
		b.inflect(Unit, len(l.Units)-1, noun, u.Singular)
		b.whole(Unit, len(l.Units)-1, Plural, u.Plural...)
	}
	for _, r := range b.sheet("currencies.tsv", "name plural iso4217 iso3 source") {
		b.unique(r, r.need("name"))
		c := CurrencyRow{r.text("name"), r.list("plural"), r.text("iso4217"), r.text("iso3")}
		l.Currencies = append(l.Currencies, c)
		b.inflect(Currency, len(l.Currencies)-1, noun, c.Name)
		b.whole(Currency, len(l.Currencies)-1, Plural, c.Plural...)
	}
}

// fullName gives the singular of a unit, or for an abbreviation that of the first unit
// with its symbol: one without a plural, whose first word is clearly shorter and of four letters at most.
func (l *Lexicon) fullName(u UnitRow) string {
	if u.Class != "measure" || len(u.Plural) > 0 {
		return u.Singular
	}
	short := firstLetters(u.Singular)
	for i := range l.Units {
		r := &l.Units[i]
		if r.Class != u.Class || r.Code != u.Code {
			continue
		}
		if n := letters(short); n <= 4 && n+1 < letters(firstLetters(r.Singular)) {
			return r.Singular
		}
		break
	}
	return u.Singular
}

// firstLetters gives the first word of a phrase, up to a space, stroke or raised digit.
func firstLetters(phrase string) string {
	if i := strings.IndexAny(phrase, " /²³"); i >= 0 {
		return phrase[:i]
	}
	return phrase
}

func (b *builder) verbForms(r row) VerbForms {
	cell := func(column string) string {
		forms := r.list(column)
		for i, f := range forms {
			forms[i] = b.phrase(f)
		}
		return strings.Join(forms, "|")
	}
	first, _, _ := strings.Cut(r.text("perfect"), " ")
	v := VerbForms{cell("perfect"), cell("imperfect"), cell("noun"), cell("participle"), strings.HasSuffix(first, "أ")}
	if v.Perfect+v.Imperfect+v.Noun+v.Participle == "" {
		r.bad("no form given")
	}
	return v
}

func (b *builder) speech() {
	l := b.lexicon
	for _, r := range b.sheet("speech.tsv", "perfect imperfect noun participle pattern class source try") {
		s := SpeechRow{VerbForms: b.verbForms(r), Class: r.need("class")}
		b.unique(r, r.text("perfect"), r.text("noun"), r.text("participle"), s.Class)
		for _, p := range r.list("pattern") {
			s.Pattern |= r.pattern(p)
		}
		l.Speeches = append(l.Speeches, s)
		b.try(r, Speech, len(l.Speeches)-1)
		b.verb(Speech, SpeechOpening, len(l.Speeches)-1, s.VerbForms)
	}
	for _, r := range b.sheet("speechnouns.tsv", "word plural class source try") {
		class := r.one("class", "statement", "according", "source", "claim", "turn")
		b.unique(r, r.need("word"), class)
		words := append(r.list("word"), "")
		s := SpeechNounRow{words[0], r.list("plural"), class}
		words = words[:len(words)-1]
		l.SpeechNouns = append(l.SpeechNouns, s)
		b.try(r, SpeechNoun, len(l.SpeechNouns)-1)
		if n := len(l.SpeechNouns) - 1; class == "according" || class == "turn" {
			b.name(SpeechNoun, n, words...)
		} else {
			b.inflect(SpeechNoun, n, adjective, words...)
			b.whole(SpeechNoun, n, Plural, s.Plural...)
		}
	}
}

// pattern reads one value of a speech verb's pattern.
func (r row) pattern(p string) Pattern {
	for i, word := range [...]string{"an", "obj", "bi", "ila", "min", "ala", "quote", "an_verb", "about", "who", "describe"} {
		if p == word {
			return 1 << i
		}
	}
	r.bad("pattern %q is unknown", p)
	return 0
}

// plover are the event types of PLOVER (2021).
var plover = [...]string{"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}

func (b *builder) deeds() {
	l := b.lexicon
	for _, r := range b.sheet("triggers.tsv", "type perfect imperfect noun participle pattern source try") {
		t := TriggerRow{r.one("type", plover[:]...), b.verbForms(r), r.list("pattern")}
		b.unique(r, t.Type, r.text("perfect"), r.text("noun"))
		l.Triggers = append(l.Triggers, t)
		b.try(r, Trigger, len(l.Triggers)-1)
		b.verb(Trigger, TriggerOpening, len(l.Triggers)-1, t.VerbForms)
	}
	for _, r := range b.sheet("eventnouns.tsv", "type word plural pattern source try") {
		words := append(r.list("word"), "")
		e := EventNounRow{r.one("type", plover[:]...), words[0], r.list("plural"), r.list("pattern")}
		b.unique(r, e.Type, r.need("word"))
		l.EventNouns = append(l.EventNouns, e)
		b.try(r, EventNoun, len(l.EventNouns)-1)
		b.inflect(EventNoun, len(l.EventNouns)-1, noun, words[:len(words)-1]...)
		b.whole(EventNoun, len(l.EventNouns)-1, Plural, e.Plural...)
	}
	for _, r := range b.sheet("bodies.tsv", "word plural iso3 source") {
		b.unique(r, r.need("word"))
		l.Bodies = append(l.Bodies, BodyRow{r.text("word"), r.text("iso3")})
		b.inflect(Body, len(l.Bodies)-1, noun, r.text("word"))
		b.whole(Body, len(l.Bodies)-1, Plural, r.list("plural")...)
	}
	for _, r := range b.sheet("commitments.tsv", "perfect imperfect noun participle pattern basis source try") {
		c := CommitmentRow{b.verbForms(r), r.list("pattern"), r.one("basis", "agreement", "promise", "decision", "schedule", "order", "ultimatum", "course", "none")}
		b.unique(r, r.text("perfect"), r.text("imperfect"), r.text("noun"), r.text("participle"), c.Basis)
		l.Commitments = append(l.Commitments, c)
		b.try(r, Commitment, len(l.Commitments)-1)
		b.verb(Commitment, CommitmentOpening, len(l.Commitments)-1, c.VerbForms)
	}
	for _, r := range b.sheet("sports.tsv", "word plural source") {
		b.unique(r, r.need("word"))
		l.Sports = append(l.Sports, SportRow{r.text("word")})
		b.inflect(Sport, len(l.Sports)-1, noun, r.text("word"))
		b.whole(Sport, len(l.Sports)-1, Plural, r.list("plural")...)
	}
	for _, r := range b.sheet("prospects.tsv", "perfect imperfect noun participle source try") {
		b.unique(r, r.text("perfect"), r.text("imperfect"), r.text("noun"))
		l.Prospects = append(l.Prospects, ProspectRow{b.verbForms(r)})
		b.try(r, Prospect, len(l.Prospects)-1)
		b.verb(Prospect, Prospect, len(l.Prospects)-1, l.Prospects[len(l.Prospects)-1].VerbForms)
	}
}

func (b *builder) closed() {
	for _, r := range b.sheet("function.tsv", "word class source") {
		b.unique(r, r.need("word"), r.text("class"))
		w := b.node(b.lexicon.words, b.phrase(r.text("word")))
		w.Class |= r.class()
		w.Tables |= 1 << Function
	}
	for _, r := range b.sheet("debris.tsv", "marker where reason source try") {
		d := DebrisRow{script.Fold(r.need("marker")), r.one("where", "line", "start", "end", "block", "head"),
			r.one("reason", "dateline", "related", "caption", "share", "advert", "author-box", "repeat", "other")}
		b.unique(r, d.Marker, d.Where)
		b.lexicon.Debris = append(b.lexicon.Debris, d)
	}
	for _, r := range b.sheet("search.tsv", "class value words source") {
		b.unique(r, r.one("class", "field", "event"), r.need("value"))
		b.lexicon.Searches = append(b.lexicon.Searches, SearchRow{r.text("class"), r.text("value"), r.list("words")})
	}
	for _, r := range b.sheet("tolls.tsv", "toll forms about source") {
		t := TollRow{Toll: r.one("toll", "dead", "hurt", "held", "missing", "fled", "grave", "part", "armed", "civil", "tally", "downed", "term"), About: r.text("about")}
		for _, f := range r.list("forms") {
			b.unique(r, f)
			t.Forms = append(t.Forms, script.Fold(f))
		}
		b.lexicon.Tolls = append(b.lexicon.Tolls, t)
	}
	for _, r := range b.sheet("stances.tsv", "stance forms source") {
		s := StanceRow{Stance: r.one("stance", "blame", "unknown", "doubt", "culprit", "kin", "false")}
		for _, f := range r.list("forms") {
			b.unique(r, f)
			s.Forms = append(s.Forms, script.Fold(f))
		}
		b.lexicon.Stances = append(b.lexicon.Stances, s)
	}
}

// class reads a closed class.
func (r row) class() Class {
	for i, word := range [...]string{"conj", "subord", "prep", "rel", "demo", "pron", "neg", "qad", "future", "kana", "adverb", "inter", "while", "because", "but", "cond", "time_conj", "quantifier", "particle", "abbreviation", "agent", "nasab"} {
		if r.text("class") == word {
			return 1 << i
		}
	}
	r.bad("class %q is unknown", r.text("class"))
	return 0
}

func (b *builder) stamps() {
	l := b.lexicon
	for _, r := range b.sheet("stamps.tsv", "form class source") {
		s := StampRow{r.need("form"), r.one("class", "published", "modified", "other", "by", "source", "agency", "nobody")}
		b.unique(r, s.Form, s.Class)
		l.Stamps = append(l.Stamps, s)
		b.mean(b.node(l.stamps, b.phrase(s.Form)), Sense{Table: Stamp, Row: int32(len(l.Stamps) - 1)})
	}
}

// Package lex holds the Arabic knowledge: it reads the tables of internal/lex/data,
// refuses what is not well formed, inflects the rows and indexes every form under its
// folded spelling. It knows words, not sentences; docs/lexicon.md describes the tables.
package lex

// Table says which table a sense comes from, and as what.
type Table uint8

// The tables. Nation, People and Capital are further faces of the rows of Countries;
// Short is the short name of a row of Persons.
const (
	Country    Table = iota // the state's name → Countries
	Nation                  // the state's adjective → Countries
	People                  // a plural that means its people → Countries
	Capital                 // the capital's name → Countries
	Demonym                 // the adjective of a people, region or faith → Demonyms
	Place                   // → Places
	Person                  // a public figure's full name → Persons
	Short                   // the name by which alone he is known → Persons
	Forename                // → Forenames
	Surname                 // → Surnames
	Org                     // → Orgs
	Head                    // begins a name → Heads
	Title                   // → Titles
	Month                   // → Months
	Weekday                 // → Weekdays
	Number                  // → Numbers
	Unit                    // → Units
	Currency                // → Currencies
	TimeWord                // → TimeWords
	Speech                  // → Speeches
	SpeechNoun              // → SpeechNouns
	Trigger                 // → Triggers
	EventNoun               // → EventNouns
	Body                    // what the organs and forces of a state are called → Bodies
	Commitment              // → Commitments
	Function                // closed classes: see Class

	// The first word of a verb phrase («وقع» of «وقع اتفاقا») whose other words may
	// stand further on, after the subject. Rows as of the tables they open.
	SpeechOpening
	TriggerOpening
	CommitmentOpening

	Prospect // what is behind it was not done → Prospects
	Sport    // of which reports of sport are full → Sports

	Stamp // words of the lines by a page's headline → Stamps; found by Lexicon.Stamp alone
	tables
)

// Mask is a set of tables.
type Mask uint32

// In gives the set that holds t alone.
func In(ts ...Table) Mask {
	var m Mask
	for _, t := range ts {
		m |= 1 << t
	}
	return m
}

// Has reports whether m holds t.
func (m Mask) Has(t Table) bool { return m&(1<<t) != 0 }

// Nominal are the tables whose words take the article: their forms are also found
// under ال. The others are proper names and closed words, met as they stand.
const Nominal = Mask(1<<Nation | 1<<People | 1<<Demonym | 1<<Head | 1<<Title | 1<<Number | 1<<Unit | 1<<Currency |
	1<<TimeWord | 1<<Speech | 1<<SpeechNoun | 1<<Trigger | 1<<EventNoun | 1<<Body | 1<<Commitment | 1<<Prospect | 1<<Sport |
	1<<SpeechOpening | 1<<TriggerOpening | 1<<CommitmentOpening)

// Class is a set of closed classes of function words.
type Class uint32

// The closed classes, in the order of docs/lexicon.md.
const (
	Conj Class = 1 << iota
	Subord
	Prep
	Rel
	Demo
	Pron
	Neg
	Qad
	Future
	Kana
	Adverb
	Inter
	While
	Because
	But
	Cond
	TimeConj
	Quantifier
	Particle
	Abbreviation
	Agent // who did what the passive tells follows: «على يد»
	Nasab // joins the parts of a person's name: بن, أبو, آل, فون
)

// Form says which form of its row's word a sense is.
type Form uint16

// The features of a form; a form of a noun or name without any is the dictionary form.
const (
	Perfect Form = 1 << iota
	Imperfect
	VerbalNoun
	Participle
	Feminine
	Dual
	Plural
	Accusative // with the alef of tanwin
	Spoken     // first or second person
)

// Verb is either tense.
const Verb = Perfect | Imperfect

// Sense is one meaning of a word: a row of a table in one of its forms.
type Sense struct {
	Table Table
	Form  Form
	Row   int32
}

// Word is what the lexicon knows under one folded spelling, and which longer phrases
// begin with it. Words are shared and read only.
type Word struct {
	Form   string // the folded spelling; of a phrase, its last word
	Tables Mask   // of all Senses
	Class  Class  // of Senses of table Function
	Senses []Sense
	next   map[string]*Word
	hints  uint64 // a bit for each form in next: most words that follow w in a text are in none of its phrases
}

// Next gives the phrase that goes on from w with the folded word form, or nil.
func (w *Word) Next(form string) *Word {
	if w == nil || w.hints&hint(form) == 0 {
		return nil
	}
	return w.next[form]
}

// hint gives the bit of a form: one of 64 by its first and last letters and its length.
func hint(form string) uint64 {
	n := len(form)
	if n < 2 {
		return 1
	}
	return 1 << ((uint(form[1]) + 5*uint(form[n-1]) + 11*uint(n)) % 64)
}

// Begins reports whether a longer phrase begins with w.
func (w *Word) Begins() bool { return w != nil && w.next != nil }

// Sense gives w's first sense of table t.
func (w *Word) Sense(t Table) (Sense, bool) {
	if w == nil || !w.Tables.Has(t) {
		return Sense{}, false
	}
	for _, s := range w.Senses {
		if s.Table == t {
			return s, true
		}
	}
	return Sense{}, false
}

// Lexicon is the loaded knowledge. It is read only and safe for concurrent use.
type Lexicon struct {
	Countries   []CountryRow
	Demonyms    []DemonymRow
	Places      []PlaceRow
	Persons     []PersonRow
	Forenames   []ForenameRow
	Surnames    []SurnameRow
	Orgs        []OrgRow
	Heads       []HeadRow
	Titles      []TitleRow
	Months      []MonthRow
	Weekdays    []WeekdayRow
	Numbers     []NumberRow
	Units       []UnitRow
	Currencies  []CurrencyRow
	TimeWords   []TimeWordRow
	Speeches    []SpeechRow
	SpeechNouns []SpeechNounRow
	Triggers    []TriggerRow
	EventNouns  []EventNounRow
	Bodies      []BodyRow
	Commitments []CommitmentRow
	Prospects   []ProspectRow
	Sports      []SportRow
	Debris      []DebrisRow
	Searches    []SearchRow
	Tolls       []TollRow
	Stances     []StanceRow
	Stamps      []StampRow
	Tries       []Try

	words, stamps map[string]*Word
}

// Try is a sentence in which a row must match, from the row's try column.
type Try struct {
	Table    Table
	Row      int
	Sentence string
	File     string
	Line     int
}

// Word gives what is known under a folded spelling, or nil.
func (l *Lexicon) Word(form string) *Word { return l.words[form] }

// WordBytes is Word for a spelling in bytes, without an allocation.
func (l *Lexicon) WordBytes(form []byte) *Word { return l.words[string(form)] }

// Stamp gives what a folded word means in the lines by a page's headline, or nil. The rows
// of its senses are of Stamps: they are no part of what Word knows.
func (l *Lexicon) Stamp(form string) *Word { return l.stamps[form] }

// Forms is the number of one-word spellings known.
func (l *Lexicon) Forms() int { return len(l.words) }

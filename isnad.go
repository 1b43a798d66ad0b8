// Package isnad holds the words of the project: what an article is, and what a record
// made from it holds. It knows nothing of how a record is made, kept or shown, and
// imports the standard library only.
//
// Inside the program every span is in bytes of the article's text. Code points appear
// only in the published JSON, and wire.go is the one place that converts them.
package isnad

// Span is a half-open stretch of bytes [Start, End) of an article's text.
// The zero Span means "no words".
type Span struct{ Start, End int }

// Empty reports whether s holds no words.
func (s Span) Empty() bool { return s.Start >= s.End }

// Of gives the words of s in text.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Contains reports whether t lies wholly in s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Article is a news text with what is known of it from outside. Given to a reader,
// Text is the raw text as it came; in a Record, Text is the body (the article's own
// words, paragraphs joined by a blank line) and Cut lists what was taken out.
type Article struct {
	ID        string
	URL       string
	Outlet    string
	Title     string
	Byline    string
	Agency    string
	Published string // ISO 8601 date or date-time; empty when unknown
	Modified  string // likewise, of the last change the outlet tells; empty when it tells none
	Extractor string // what found the text in the page it came from; empty for plain text
	Language  string // BCP 47; "ar" unless the text is not Arabic
	Text      string // valid UTF-8, NFC
	Cut       []Cut
}

// Cut is a piece of the raw text that is not the article's own words.
type Cut struct {
	Text   string `json:"text"`
	Reason Reason `json:"reason"`
}

// Reason says why a piece was cut.
type Reason string

// The reasons for a cut.
const (
	Dateline  Reason = "dateline"
	Related   Reason = "related"
	Caption   Reason = "caption"
	Share     Reason = "share"
	Advert    Reason = "advert"
	AuthorBox Reason = "author-box"
	Repeat    Reason = "repeat"
	OtherCut  Reason = "other"
)

// None stands in an index field (entity, statement) that points nowhere.
const None = -1

// Record is everything the reader found in one article. It is a plain value:
// findings in text order, references by index, no pointers.
type Record struct {
	Reader      string // the reader and its version, e.g. "isnad 0.1.0"
	Article     Article
	Entities    []Entity
	Names       []Name
	Times       []Time
	Quantities  []Quantity
	Statements  []Statement
	Events      []Event
	Commitments []Commitment
	Notes       []string // what is doubtful or could not be done, one sentence each
}

// Kind is the kind of thing a name stands for.
type Kind string

// The kinds of names and entities.
const (
	Person       Kind = "person"
	Organization Kind = "organization"
	Place        Kind = "place"
	Other        Kind = "other"
)

// Trust says how a finding was made and how far it can be relied on.
type Trust struct {
	Rule       string  `json:"rule"`       // the rule that made it, e.g. "lexicon/country"; never empty in a record
	Confidence float64 `json:"confidence"` // 0 to 1, calibrated on marked text: the share of such findings that is right
}

// Entity is one real-world thing that the article names.
type Entity struct {
	Name    string // the fullest form in the article, in its dictionary form
	Kind    Kind
	Role    string // the title the article gives it, if any
	Country string // ISO 3166 alpha-3, if the article or the lexicon says so
}

// Name is one mention of an entity by proper name.
type Name struct {
	Span
	Kind   Kind
	Entity int // index into Record.Entities
	Trust
}

// Time is a TIMEX3 expression.
type Time struct {
	Span
	Type  string // date, time, duration, set
	Value string // TIMEX3 value (ISO 8601, PRESENT_REF, …)
	Mod   string // start, mid, end, before, after, approx, more_than, less_than, equal_or_more, equal_or_less or empty
	First string // first and last day covered, ISO dates; empty where unknown
	Last  string
	Trust
}

// Quantity is a number with what it counts.
type Quantity struct {
	Span
	Value float64
	Max   float64 // upper end of a range; 0 when there is none
	Unit  string  // the counted noun's dictionary singular, "%", or an ISO 4217 code
	Mod   string  // as Time.Mod
	Trust
}

// Source is a party by the words that name it: a speaker, a passer-on, a holder.
type Source struct {
	Span       // empty when the text has no words for it
	Entity int // index into Record.Entities, or None
}

// SpeakerKind says how a speaker is known.
type SpeakerKind string

// The kinds of speakers.
const (
	Named     SpeakerKind = "named"
	Role      SpeakerKind = "role"
	Body      SpeakerKind = "body"
	Anonymous SpeakerKind = "anonymous"
	Implied   SpeakerKind = "implied"
)

// Statement is a stretch of text attributed to a source.
type Statement struct {
	Span
	Speaker     Source
	SpeakerKind SpeakerKind
	Via         []Source // who passed it on, nearest the speaker first
	To          Span     // those addressed
	Direct      bool     // content stands in quotation marks
	Cue         Span     // the verb or noun of saying
	Content     Span     // the words said, without marks, cue or أن
	Trust
}

// Event is what one political actor did to or with another, in PLOVER's terms.
type Event struct {
	Span
	Type       string // a PLOVER type: AGREE, CONSULT, …
	Trigger    Span
	Actors     []string // ISO alpha-3 codes, or names of entities of no state
	Recipients []string
	Date       string // TIMEX3 value or empty
	Place      string
	Status     string // happened, planned, called_for, denied
	Statement  int    // the statement that reports it, or None
	Trust
}

// Commitment is an undertaking: who is to do what by when.
type Commitment struct {
	Span
	By        []Source
	To        Source // Span empty and Entity None when nobody is named
	What      Span
	Due       string // last day by which, ISO date; empty when none is given
	Basis     string // agreement, promise, decision, schedule, order, ultimatum
	Statement int    // the statement that reports it, or None
	Trust
}

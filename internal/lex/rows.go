package lex

// The rows, as docs/lexicon.md describes their columns. Line is the row's line in its file.
type (
	CountryRow struct {
		ISO3, ISO2, Name                    string
		Variants, Demonym, People, Capitals []string
	}
	DemonymRow struct {
		Demonym string
		People  []string
		Code    string // name of the organization or group that acts for it, or empty
	}
	PlaceRow struct {
		Name        string
		Variants    []string
		Class, ISO3 string
	}
	PersonRow struct {
		Name            string
		Variants, Short []string
		ISO3, Role      string
	}
	ForenameRow struct{ Name, Gender string }
	SurnameRow  struct{ Name string }
	OrgRow      struct {
		Name        string
		Variants    []string
		Class, ISO3 string
	}
	HeadRow struct {
		Word   string
		Plural []string
		Kind   string // org, place, other
		Part   string // in, out, called, nation, maybe
	}
	TitleRow struct {
		Title  string
		Plural []string
		Class  string
		Kind   string // named, anonymous
	}
	MonthRow struct {
		Name             string
		Number           int
		Calendar, Family string
	}
	WeekdayRow struct {
		Name   string
		Number int // ISO: 1 Monday … 7 Sunday
	}
	NumberRow struct {
		Word  string
		Value float64 // 0 for kind vague
		Kind  string
	}
	UnitRow struct {
		Singular    string
		Plural      []string
		Class, Code string
		Name        string // the singular, in full where that is an abbreviation (كيلومتر for كم)
	}
	CurrencyRow struct {
		Name          string
		Plural        []string
		ISO4217, ISO3 string
	}
	TimeWordRow struct{ Form, Class, Value string }
	SpeechRow   struct {
		VerbForms
		Pattern Pattern
		Class   string
	}
	SpeechNounRow struct {
		Word   string
		Plural []string
		Class  string
	}
	TriggerRow struct {
		Type string // PLOVER
		VerbForms
		Pattern []string
	}
	EventNounRow struct {
		Type, Word string
		Plural     []string
		Pattern    []string
	}
	CommitmentRow struct {
		VerbForms
		Pattern []string
		Basis   string
	}

	// ProspectRow is a verb or noun behind which a deed is only wished, feared, possible or talked of.
	ProspectRow struct{ VerbForms }
	SportRow    struct{ Word string }
	BodyRow     struct{ Word, ISO3 string }            // ISO3 of whose organ it can only be, or empty
	DebrisRow   struct{ Marker, Where, Reason string } // Marker folded
	SearchRow   struct {
		Class, Value string // field, event; the field of a query or the PLOVER type
		Words        []string
	}
	TollRow struct {
		Toll  string   // dead, hurt, held, missing, fled, grave, part, armed, civil, tally, downed, term
		Forms []string // folded
		About string
	}
	StanceRow struct {
		Stance string   // blame, unknown, doubt, culprit, kin, false
		Forms  []string // folded
	}
	StampRow struct{ Form, Class string } // Class published, modified, other, by, source, agency, nobody

	// VerbForms are the four given forms of a verb or verb phrase, folded; a form not in
	// use is empty, several are parted by |.
	VerbForms struct {
		Perfect, Imperfect, Noun, Participle string

		hamza bool // the last root letter is a hamza (بدأ), which folding makes look weak
	}
)

// Pattern is the set of ways in which the words said follow a verb of saying.
type Pattern uint16

// The ways; see docs/lexicon.md, speech.
const (
	WithAn       Pattern = 1 << iota // أن or إن
	WithObject                       // a noun phrase
	WithBi                           // ب
	WithIla                          // إلى
	WithMin                          // من
	WithAla                          // على
	WithQuote                        // quotation marks
	WithVerb                         // أن and a verb
	WithAbout                        // عن
	WithWho                          // its object is the one addressed
	WithDescribe                     // X as Y
)

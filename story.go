package isnad

// Story is one happening with its direct unfolding over days, as several articles tell it.
type Story struct {
	ID            string
	Title         string
	First, Last   string   // days of publication, ISO dates; empty where none is known
	Articles      []string // ids, in order of publication
	Copies        []Copies
	Disagreements []Disagreement
}

// Copies is a group of articles whose text is largely the same.
type Copies struct {
	Origin   string // the id of the article that was probably first, or empty
	Agency   string // the agency that the text probably is of, or empty
	Articles []string
}

// Disagreement is one thing on which articles of different outlets state different values.
type Disagreement struct {
	About  string // what it is about, in the articles' language
	Values []Value
}

// Value is one of the values stated, with all who state it.
type Value struct {
	Value  string
	Claims []Claim
}

// Claim points to the words of an article that state a value.
type Claim struct {
	Article string
	Span    // bytes of the article's text
	Words   string
}

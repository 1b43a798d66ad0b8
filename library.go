package isnad

import (
	"context"
	"errors"
	"io"
	"iter"
	"time"
)

// Library keeps what was read: articles with their records and the evidence they rest
// on, the things they name, the stories they tell, and the feeds they come from.
//
// A method that changes something returns when the change is durable: whatever was
// acknowledged is there after a crash, once, and whatever was not is there wholly or not
// at all. All methods may be called at once. Lists come in a fixed order, and a list
// with a limit gives a cursor to go on from; what cannot be found is ErrNotFound. What a
// method gives may be shared with others who ask: it is for reading.
type Library interface {
	Articles
	Joins
	Things
	Desk
	Papers
	Moving

	// Check proves the library whole and tells every problem found, one a call.
	Check(ctx context.Context, problem func(string)) error
	// Backup writes a copy of the library as of now into a new or empty folder.
	Backup(ctx context.Context, dir string) error
	// Stats counts what is kept.
	Stats(ctx context.Context) (Stats, error)
	// State marks what the library tells as of now: between two equal marks no article, story,
	// thing or settlement was changed, by this program or another. Feeds, pages, bookmarks
	// and papers are not told of. It may change without a change.
	State(ctx context.Context) (string, error)
	io.Closer
}

// What a library answers when it cannot do what was asked.
var (
	ErrNotFound = errors.New("not in the library")
	ErrBusy     = errors.New("another program is writing to the library")
	ErrNewer    = errors.New("the library was made by a newer isnad; use that one")
	ErrQuery    = errors.New("the query cannot be answered")
	ErrUnsound  = errors.New("the entry is not sound")
)

// Entry is what a library is given of one article.
type Entry struct {
	Record     Record   // with its article; Record.Article.ID is not empty
	Identities []string // the key of the thing, one for each of Record.Entities
	Sketch     []byte   // what joining articles to stories needs
	Capture    Capture  // the bytes it was made from
}

// Capture is one coming of a page or a file, and where its bytes are kept.
type Capture struct {
	URL       string // where it came from: a web address, or a file's path with its line
	Feed      string // the address of the feed that led to it, if one did
	Fetched   time.Time
	Status    int    // of HTTP; 0 for a file
	Form      string // how its bytes are read: html, text, jsonl
	MediaType string // as it was declared
	File      string // the evidence file, without folder
	Offset    int64  // of the evidence record in the file, in bytes
	Length    int64
	Digest    string // of the bytes as they came: "sha256:" and hexadecimal

	// What is told of it from outside, by a feed or by who poured it in. What the bytes
	// say themselves goes before.
	Outlet, Title, Published string
}

// Change says what keeping an entry did.
type Change int

// What keeping an entry did.
const (
	Same    Change = iota // it was there, word for word and read by the same reader
	Added                 // it is new
	Revised               // the article's text or headline is another than before
	Reread                // the text is the same, the record is not: another reader, another fact about the article
	Refused               // it was not kept; the error says why
)

// String names the change.
func (c Change) String() string {
	if c < Same || c > Refused {
		return "unknown"
	}
	return [...]string{"same", "added", "revised", "reread", "refused"}[c]
}

// Holding is an article as a library holds it.
type Holding struct {
	Entry
	Things   []string  // the ids of the things that the record's entities are, by joining and corrections
	Story    string    // the story it belongs to; empty until it was joined
	Kept     time.Time // when it was kept first
	Changed  time.Time // when its text was last found changed; zero when never
	Gone     time.Time // when its page was found deleted; zero when it is there
	Readings []Reading // by which readers it was read before and is read now, oldest first
}

// Head is what a list shows of an article.
type Head struct {
	ID, Outlet, Title, Published, URL string
	Story                             string    // the story it belongs to; empty until it was joined
	Kept, Changed, Gone               time.Time // as of Holding
}

// Reading marks one reading of an article.
type Reading struct {
	Reader string
	At     time.Time
	Digest string // of the capture that was read
}

// Articles is the keeping and finding of articles.
type Articles interface {
	// Put keeps entries, each wholly or not at all, and says for each what that did. An
	// entry with a known id replaces the one that was there; its captures and readings stay.
	// An entry that is not sound is Refused and named in the error, which is ErrUnsound, and
	// the others are kept; when the library cannot be written all are Refused.
	Put(ctx context.Context, entries []Entry) ([]Change, error)
	// Withdraw marks that an article's page was found deleted; the article stays.
	Withdraw(ctx context.Context, id string, at time.Time) error
	// Article gives one article.
	Article(ctx context.Context, id string) (Holding, error)
	// Captures gives all comings of an article, oldest first.
	Captures(ctx context.Context, id string) ([]Capture, error)
	// Heads gives what a list shows of articles, in the order of the ids; those that are
	// not kept are left out.
	Heads(ctx context.Context, ids []string) ([]Head, error)
	// Each gives every article that a query finds, all of them, in order of id. What is
	// kept while it runs may or may not come.
	Each(ctx context.Context, q Query) iter.Seq2[Holding, error]
	// Search gives a page of what a query finds, best first.
	Search(ctx context.Context, q Query) (Results, error)
	// Since gives what a query finds among the articles that were kept, new or with another
	// text or headline, after a place in the order of keeping; in that order, with the place
	// to go on from. Place 0 is before all of them; a place behind the last is brought back
	// to it. What is acknowledged later stands later, whatever its dates: who goes on from
	// place to place misses nothing. A query that asks of an entity, a story or a
	// disagreement goes no further than the first article that waits to be joined. The
	// query's sort and cursor mean nothing here.
	Since(ctx context.Context, q Query, place int64) (News, error)
	// Tally counts what a query finds by day, outlet or entity; by day in order of days,
	// else the most first.
	Tally(ctx context.Context, q Query, by Facet, limit int) ([]Count, error)
	// Statements gives the statements of the articles that a query finds, the latest first.
	// What the query asks of a speaker, of what is said, of who passed it on and of an
	// entity (as the speaker) must hold of the statement itself.
	Statements(ctx context.Context, q Query) (Said, error)
	// Commitments gives the commitments of the articles that a query finds, by due date,
	// those without one last. What the query asks of who undertook, of the due date and of
	// an entity (as a holder) must hold of the commitment itself.
	Commitments(ctx context.Context, q Query) (Undertaken, error)
	// Settle sets by hand how a commitment ended.
	Settle(ctx context.Context, s Settlement) error
}

// Query asks for articles. The zero Query finds all.
type Query struct {
	Terms  []Term // all must hold
	Sort   Sort
	Limit  int    // how many at most; 0 means 20
	Cursor string // Next of the page before, or empty
}

// News is what was kept after a place.
type News struct {
	Items []New
	Place int64 // all up to here was looked at: the place to go on from
	More  bool  // there is more behind it to be looked at
}

// New is an article that was kept, or kept with another text or headline.
type New struct {
	Article string // its id
	Place   int64  // in the order of keeping; another at every change
	Revised bool   // its text or headline is another than when it was kept first
}

// Field says where a term is looked for.
type Field string

// The fields of a term.
const (
	Anywhere  Field = ""        // in the headline or the text
	InName    Field = "name"    // in a name
	InPlace   Field = "place"   // in a place's name
	InSpeaker Field = "speaker" // in the words that name a speaker
	InSaid    Field = "said"    // in what is stated
	InOutlet  Field = "outlet"  // the outlet, whole
	InEvent   Field = "event"   // the PLOVER type of an event, in capitals
	InVia     Field = "via"     // in the words that name who passed a statement on
	InBy      Field = "by"      // in who acted or undertook: actors of events, holders of commitments
	After     Field = "after"   // published on or after this day, month or year
	Before    Field = "before"  // published on or before it
	Due       Field = "due"     // holds a commitment that is due on this day, in this month or year, or before or after it
	OfEntity  Field = "entity"  // names the thing with this id
	OfStory   Field = "story"   // belongs to the story with this id
	// OfDisagreement asks for articles of stories in which outlets disagree; its word is «any».
	OfDisagreement Field = "disagreement"
)

// Term is one condition of a query.
type Term struct {
	Field Field
	// Words are the search forms of the words asked for (internal/query); for a phrase
	// they follow one another. For an outlet and a field of dates, ids or types there is
	// one, as written: «BBC», «2018-04», «ASSAULT»; for Due it may begin with "<" or ">",
	// or be "none": a commitment without a due date.
	Words  []string
	Phrase bool
	Not    bool // the condition must not hold
}

// Sort is an order of results.
type Sort string

// The orders of results.
const (
	ByRank   Sort = "" // how well it fits, by BM25; of equals the newest first
	ByNewest Sort = "newest"
	ByOldest Sort = "oldest"
)

// Results is a page of a search.
type Results struct {
	Hits  []Hit
	Total int    // how many there are in all
	Next  string // the cursor of the next page; empty after the last
}

// Hit is an article that a search found.
type Hit struct {
	ID         string  `json:"id"`
	Outlet     string  `json:"outlet"`
	Title      string  `json:"title"`
	Published  string  `json:"published"`
	URL        string  `json:"url"`
	Story      string  `json:"story"`
	Score      float64 `json:"score"`
	Snippet    string  `json:"snippet"`     // a stretch of the text, as it stands there
	At         Span    `json:"at"`          // where Snippet stands in the text
	Marks      []Span  `json:"marks"`       // the words found, in bytes of Snippet
	TitleMarks []Span  `json:"title_marks"` // the words found, in bytes of Title
}

// Facet is what a tally counts by.
type Facet string

// What a tally counts by.
const (
	PerDay     Facet = "day"
	PerOutlet  Facet = "outlet"
	PerEntity  Facet = "entity"
	PerSpeaker Facet = "speaker" // entities that speak
	PerEvent   Facet = "event"
)

// Count is one line of a tally.
type Count struct {
	Key      string `json:"key"`   // a day, an outlet, an entity's id, a type
	Label    string `json:"label"` // for people: an entity's name; else as Key
	Articles int    `json:"articles"`
}

// Said is a page of statements.
type Said struct {
	Rows []StatementRow
	Next string
}

// StatementRow is a statement with what a list shows of it.
type StatementRow struct {
	Article     string      `json:"article"`
	Outlet      string      `json:"outlet"`
	Published   string      `json:"published"`
	Title       string      `json:"title"`
	Index       int         `json:"index"` // into Record.Statements
	Speaker     string      `json:"speaker"`
	SpeakerKind SpeakerKind `json:"speaker_kind"`
	Entity      string      `json:"entity,omitempty"` // the speaker's id, or empty
	Via         []string    `json:"via,omitempty"`
	Direct      bool        `json:"direct"`
	Cue         string      `json:"cue"`
	Content     string      `json:"content"`
	Trust
}

// Undertaken is a page of commitments.
type Undertaken struct {
	Rows []CommitmentRow
	Next string
}

// CommitmentRow is a commitment with what a list shows of it.
type CommitmentRow struct {
	Article   string   `json:"article"`
	Outlet    string   `json:"outlet"`
	Published string   `json:"published"`
	Title     string   `json:"title"`
	Index     int      `json:"index"` // into Record.Commitments
	By        []string `json:"by"`
	Entities  []string `json:"entities,omitempty"` // ids of the holders, where known
	What      string   `json:"what"`               // the deed; the whole finding
	Words     string   `json:"words"`
	Due       string   `json:"due"` // ISO date, or empty
	Basis     string   `json:"basis"`
	End       Ending   `json:"end,omitempty"`    // as set by hand, else empty
	Source    string   `json:"source,omitempty"` // of the settlement
	Note      string   `json:"note,omitempty"`
	Trust
}

// Ending says how a commitment ended.
type Ending string

// How a commitment ended.
const (
	Open    Ending = ""
	Kept    Ending = "kept"
	Broken  Ending = "broken"
	Dropped Ending = "dropped"
)

// Settlement is a hand's word on how a commitment ended. It is tied to the words of the
// commitment, so that it survives a new reading of the article.
type Settlement struct {
	Article string
	Index   int
	End     Ending
	Source  string // an address or words: where that is known from
	Note    string
	By      string // who set it
	At      time.Time
}

// Joins is the keeping of stories. Which articles make a story is the matter of
// internal/story; a library keeps what that needs and what it found.
type Joins interface {
	// Unjoined gives the days of publication of articles that were kept or changed and not
	// joined since, and the days that articles left meanwhile, in order.
	Unjoined(ctx context.Context) ([]Day, error)
	// Sketches gives the sketches of articles published from one day to another, both
	// included (ISO dates), in order of id. Empty days ask for articles without a date that
	// are not joined: some of them, not more than are held in memory with ease.
	Sketches(ctx context.Context, from, to string) ([]Sketch, error)
	// Join keeps stories and marks articles as joined, all at once.
	Join(ctx context.Context, j Joining) error
	// Namesakes gives the persons in articles published from one day to another, both
	// included (ISO dates), in order of article.
	Namesakes(ctx context.Context, from, to string) ([]Namesake, error)
	// Story gives one story; a story that went into another gives that one.
	Story(ctx context.Context, id string) (Story, error)
	// Stories gives a page of the stories that have an article which a query finds, the
	// latest first or, ByRank, the weightiest: those of most outlets.
	Stories(ctx context.Context, q Query) (Told, error)
}

// Day is a day that joining waits for.
type Day struct {
	Date string // ISO; empty for articles without a date
	Mark int64  // tells an article's leaving of the day from later ones; 0 when none left
}

// Sketch is what joining knows of an article.
type Sketch struct {
	ID     string
	Mark   int64 // tells this keeping of the article from later ones
	Sketch []byte
	Story  string // the story it stands in, or empty
	Born   string // the first day of that story
	Joined bool   // nothing of the article changed since it was placed
}

// Joining is a change to what is joined.
type Joining struct {
	Done    []Done     // articles that are joined now
	Stories []Story    // stories new or changed, with all their articles
	Moved   []Moved    // stories that are no more
	Known   []Identity // things known better now
	Left    []Day      // days that wait no more because articles left them
}

// Done says of an article that it is joined. One that was kept anew since its sketch was
// given waits on.
type Done struct {
	Article string
	Mark    int64 // of its sketch
}

// Moved says where a story's articles went.
type Moved struct{ From, To string }

// Identity says which thing a record's entity is.
type Identity struct {
	Article string
	Index   int // into Record.Entities
	Key     string
}

// Namesake is a person of an article, with what tells him from others of the name.
type Namesake struct {
	Identity        // with the key that it was kept with (Entry.Identities)
	Now      string // the key by Joining.Known; the same where none was given
	Role     string
	Country  string
}

// Told is a page of stories.
type Told struct {
	Stories []Story
	Next    string
}

// Things is the keeping of the things that articles name, across all of them.
type Things interface {
	// Thing gives what is known of one thing; a thing that was merged into another gives that one.
	Thing(ctx context.Context, id string) (Thing, error)
	// Find gives the things with these words (search forms) in one of their names, the most
	// named first; without words, all.
	Find(ctx context.Context, words []string, kind Kind, limit int) ([]Thing, error)
	// Beside gives the things named in the same articles as one, the most often first.
	Beside(ctx context.Context, id string, limit int) ([]Count, error)
	// Correct changes by hand which thing is which. It survives every new reading.
	Correct(ctx context.Context, c Correction) error
	// Corrections gives all corrections, oldest first.
	Corrections(ctx context.Context) ([]Correction, error)
}

// Thing is one real-world thing, as all articles together name it.
type Thing struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Kind     Kind    `json:"kind"`
	Country  string  `json:"country,omitempty"`
	Forms    []Count `json:"forms,omitempty"` // the names it has in articles, the most frequent first
	Roles    []Count `json:"roles,omitempty"`
	Articles int     `json:"articles"`
	First    string  `json:"first"` // days of publication, ISO dates
	Last     string  `json:"last"`
}

// Correction is a hand's word on which thing is which.
type Correction struct {
	Do       string    `json:"do"`                 // merge, split, rename
	Thing    string    `json:"thing"`              // the thing's id
	Into     string    `json:"into,omitempty"`     // merge: the id of the thing it is
	Articles []string  `json:"articles,omitempty"` // split: the articles in which it is another thing
	Name     string    `json:"name,omitempty"`     // rename: its name; split: the other thing's name
	By       string    `json:"by,omitempty"`
	At       time.Time `json:"at,omitzero"`
}

// Desk is what bringing news in needs to remember.
type Desk interface {
	// Follow keeps a feed or changes what is known of it.
	Follow(ctx context.Context, f Feed) error
	// Unfollow forgets a feed; what came by it stays.
	Unfollow(ctx context.Context, url string) error
	// Feeds gives all feeds in order of address.
	Feeds(ctx context.Context) ([]Feed, error)
	// Want puts pages on the list of those to fetch; a page that is on it stays as it is.
	// It says how many are new.
	Want(ctx context.Context, pages []Page) (int, error)
	// Wanted gives pages to be fetched at a time, the longest due first.
	Wanted(ctx context.Context, now time.Time, limit int) ([]Page, error)
	// Visited keeps how fetching a page ended.
	Visited(ctx context.Context, p Page) error
	// Page gives what is known of a page.
	Page(ctx context.Context, url string) (Page, error)
	// Bookmark gives how far a pouring got; empty at first.
	Bookmark(ctx context.Context, name string) (string, error)
	// Mark keeps how far a pouring got.
	Mark(ctx context.Context, name, position string) error
	// Turn takes a task for one alone among all who use the library, here and in other
	// programs: the name is of letters and hyphens. The context that it gives ends when the
	// turn is lost or given back, which is done by calling the function, once or more often.
	// The error is ErrBusy while another has it. A turn ends with the program that took it.
	Turn(ctx context.Context, task string) (context.Context, func(), error)
}

// Papers keeps small papers of those who work with the library, users and keys and saved
// searches, for which a library has no use of its own, and the log of what was done by hand.
type Papers interface {
	// Paper gives the text of a paper.
	Paper(ctx context.Context, kind, name string) ([]byte, error)
	// Papers gives the papers of a kind in order of name.
	Papers(ctx context.Context, kind string) ([]Paper, error)
	// File keeps papers, new or in the place of those with the same kind and name; one
	// without text is thrown away. All or nothing.
	File(ctx context.Context, papers ...Paper) error
	// Note adds to the log of what was done by hand. Nothing is ever taken out of it.
	Note(ctx context.Context, a Act) error
	// Acts gives a page of that log, the latest first.
	Acts(ctx context.Context, limit int, cursor string) (acts []Act, next string, err error)
}

// Paper is a small text under a name: at most a MiB.
type Paper struct {
	Kind, Name string // neither is empty; Kind is a word in Latin letters
	Text       []byte
}

// Act is something done by hand.
type Act struct {
	At   time.Time `json:"at"`
	By   string    `json:"by,omitempty"`   // the user's name; empty where there are no users
	From string    `json:"from,omitempty"` // the network address it came from
	Do   string    `json:"do"`             // settle, merge, split, rename, follow, unfollow, sign-in …
	To   string    `json:"to,omitempty"`   // what it was done to: an id, an address, a name
	Note string    `json:"note,omitempty"` // in what way
}

// Feed is a place that the desk looks at for new articles: a feed, a sitemap or a page.
type Feed struct {
	URL          string        `json:"url"`
	Title        string        `json:"title"`
	Outlet       string        `json:"outlet"`
	Folder       string        `json:"folder,omitempty"` // of the list it was imported from
	Every        time.Duration `json:"every,omitzero"`   // how often it is looked at; 0 leaves it to the desk
	Added        time.Time     `json:"added,omitzero"`
	Checked      time.Time     `json:"checked,omitzero"` // last looked at
	Due          time.Time     `json:"due,omitzero"`     // to be looked at next
	Fresh        time.Time     `json:"fresh,omitzero"`   // when something new last came
	ETag         string        `json:"etag,omitempty"`
	LastModified string        `json:"last_modified,omitempty"`
	Failures     int           `json:"failures"`          // in a row
	Trouble      string        `json:"trouble,omitempty"` // the last error; empty after a success
	Articles     int           `json:"articles"`          // how many came by it
}

// Page is an article's page that the desk has seen an address of.
type Page struct {
	URL          string
	Feed         string // by which it was seen first
	Title        string // as the feed gives it
	Published    string // as the feed gives it
	Article      string // the id of the article it gave, if it did
	ETag         string
	LastModified string
	Visited      time.Time
	Due          time.Time // when it is to be fetched; zero when no more
	Failures     int
	Trouble      string
}

// Stats counts what a library keeps.
type Stats struct {
	Articles, Captures, Statements, Events, Commitments int
	Things, Stories, Unjoined, Feeds, Wanted            int
	First, Last                                         string // days of publication
	Bytes                                               int64  // of the store, without evidence
}

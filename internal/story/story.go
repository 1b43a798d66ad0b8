// Package story joins articles into stories: which tell of the same happening, which are
// copies of one text, on what they disagree. It sees records and their sketches; it
// knows nothing of clocks, disks or networks, nor of how a record is made or kept.
//
// An article's Sketch is small and made once. Similarity of two sketches depends on
// nothing but the two: words are weighed by a fixed table of news, not by the library.
// Stories are made by day: the articles of a day and the stories of the days before are
// grouped by average link, stories never with each other. So a story depends only on
// which articles there are, never on the order in which they came, and a new article
// moves nothing but its own day and, where that changes, the days after.
package story

// The numbers that decide. They were set on three days of five outlets and on pairs marked
// for sameness; docs/quality.md gives what they yield.
const (
	// Same is the least Similarity of two articles that tell of the same happening.
	Same = 0.32

	// The nearness of two articles is the root of their similarity, and of copies one: so
	// that a few very like articles do not bring a group near that is otherwise far.
	//
	// within is the least mean nearness of two groups of articles of one day that are joined.
	within = 0.47
	// across is the least mean nearness of articles to the story that they go on with, on
	// its first day; it grows by its own measure in tires days, so that a war does not
	// become one story.
	across = 0.42
	tires  = 28
	// Window is how many days a story may pause and still go on.
	Window = 3
	// faint similarities count as none.
	faint = 0.1

	// contained is the share of the shorter text's word triples that stand in the
	// longer one of two copies, and triples the least number of them.
	contained = 0.5
	triples   = 20
)

package shelf

import "math"

// Ranking is BM25 (Robertson and Zaragoza 2009) over one field in which a word of the
// headline counts as several of the text. Where very many articles match, only the newest
// of them are ranked; the others follow, newest first: a word that stands everywhere says
// little about fit, and much about time.
const (
	k1          = 1.2
	b           = 0.75
	titleWeight = 4

	// RankLimit is how many articles are ranked, if the library does not say otherwise.
	RankLimit = 5000
	// Heard bounds the places of an article that are counted: the headline's and the first
	// ones of the text. BM25 makes little of more, and what a report begins with it is about.
	Heard = 16
	// usualLength is the length of a usual article in words; the true mean of a library would
	// change with every article kept and move nothing much.
	usualLength = 250
)

// Rarity is the weight of a phrase that stands in some of all articles.
func Rarity(all, some int64) float64 {
	return math.Log1p((float64(all-some) + 0.5) / (float64(some) + 0.5))
}

// Times is how often a phrase stands in an article, among the places that are heard.
type Times struct{ Title, Text int }

// Fit says how well an article of so many words fits: the weights of the phrases, and how often
// each stands in it.
func Fit(rarity []float64, times []Times, words int) (score float64) {
	norm := k1 * (1 - b + b*float64(words)/usualLength)
	for i, r := range rarity {
		n := float64(titleWeight*times[i].Title + times[i].Text)
		score += r * n * (k1 + 1) / (n + norm)
	}
	return score
}

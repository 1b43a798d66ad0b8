package story

import (
	"slices"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/ling"
)

// kinship is what an article says of whose kin somebody is: «ابنة عم سمير الخطيب».
type kinship struct {
	article  int
	words    isnad.Span // the words of kinship with the name after them
	chain    []string   // the words of kinship, folded, without article and pronoun
	of       string     // the bones of the last word of the name
	relative string     // likewise of the name of the kin, "" where it does not stand beside
	gist     gist       // of the sentence
	span     isnad.Span
}

const (
	// related is how near the sentences of two articles must be that do not name the kin.
	related = 0.25
	// longestChain is how many words of kinship one is («ابن ابنة عم»).
	longestChain = 3
)

// kinships gives the kinships of an article with people by their names.
func (e *Editor) kinships(d *ling.Doc, t Telling, article int) []kinship {
	var out []kinship
	for _, n := range t.Record.Names {
		if n.Kind != isnad.Person {
			continue
		}
		end, last := tokenAt(d, n.Start), tokenAt(d, n.End-1)
		if end < 0 || last < end || d.Tokens[end].Prep != 0 || d.Tokens[end].Conj != 0 {
			continue
		}
		s := d.Sents[d.SentenceOf(end)]
		first := end
		for first > s.First && end-first < longestChain && e.isKin(&d.Tokens[first-1]) {
			first--
			if d.Tokens[first].Prep != 0 || d.Tokens[first].Conj != 0 {
				break
			}
		}
		if first == end {
			continue
		}
		k := kinship{article: article, of: lastBones(d, last), gist: e.wordsOf(d, s), span: sentenceSpan(d, s)}
		k.words = isnad.Span{Start: int(d.Tokens[first].Body), End: n.End}
		for i := first; i < end; i++ {
			k.chain = append(k.chain, d.Tokens[i].Stem)
		}
		k.relative = relative(d, t.Record, first, last)
		out = append(out, k)
	}
	return out
}

// isKin reports whether a token is a word of kinship that a name must follow.
func (e *Editor) isKin(t *ling.Token) bool {
	return e.stances.of(t) == kin && !t.Def && !t.Pron
}

// personAt gives the name of a person that begins at a byte, or nil.
func personAt(r *isnad.Record, start int) *isnad.Name {
	i, ok := slices.BinarySearchFunc(r.Names, start, func(n isnad.Name, at int) int { return n.Start - at })
	if !ok || r.Names[i].Kind != isnad.Person {
		return nil
	}
	return &r.Names[i]
}

// relative gives the last word of the name that stands right before the words of kinship at
// token first or, after a sign, behind the name that ends with token last.
func relative(d *ling.Doc, r *isnad.Record, first, last int) string {
	if first > 0 {
		for _, n := range namesIn(r, sentenceSpan(d, d.Sents[d.SentenceOf(first)])) {
			if n.Kind == isnad.Person && tokenAt(d, n.End-1) == first-1 {
				return lastBones(d, first-1)
			}
		}
	}
	if last+2 < len(d.Tokens) && ends(&d.Tokens[last+1]) {
		if n := personAt(r, int(d.Tokens[last+2].Start)); n != nil {
			return bones(d.Tokens[last+2].Base)
		}
	}
	return ""
}

func lastBones(d *ling.Doc, i int) string { return bones(d.Tokens[i].Base) }

// kindred gives the people of whom outlets say that they are other kin of somebody.
func kindred(list []Telling, text []int, all []kinship) []isnad.Disagreement {
	var out []isnad.Disagreement
	used := make([]bool, len(all))
	for i, a := range all {
		if used[i] {
			continue
		}
		values := [][]int{{i}}
		for k := i + 1; k < len(all); k++ {
			b := all[k]
			if used[k] || a.of != b.of {
				continue
			}
			at := slices.IndexFunc(values, func(v []int) bool { return slices.Equal(all[v[0]].chain, b.chain) })
			if at < 0 {
				if !a.rival(b) {
					continue
				}
				values, at = append(values, nil), len(values)
			}
			values[at] = append(values[at], k)
		}
		if len(values) < 2 || !outletsDiffer(func(k int) string { return list[all[k].article].Record.Article.Outlet }, values) {
			continue
		}
		d := isnad.Disagreement{Kind: "actor", About: a.words.Of(list[a.article].Record.Article.Text)}
		for _, v := range values {
			value := isnad.Value{Value: strings.TrimSpace(all[v[0]].words.Of(list[all[v[0]].article].Record.Article.Text))}
			told := map[int]bool{} // texts; copies of one speak once
			for _, k := range v {
				used[k] = true
				if x := all[k].article; !told[text[x]] {
					told[text[x]] = true
					value.Claims = append(value.Claims, claim(list[x], all[k].span))
				}
			}
			d.Values = append(d.Values, value)
		}
		out = append(out, d)
	}
	return out
}

// rival reports whether two kinships with one person may be of one kin and differ: the kin
// has one name, or both are so much as the daughter of one of the person's kin, told
// alike.
func (a kinship) rival(b kinship) bool {
	if slices.Equal(a.chain, b.chain) || a.relative != "" && b.relative != "" && a.relative != b.relative {
		return false
	}
	if a.relative != "" && a.relative == b.relative {
		return len(a.chain) == len(b.chain)
	}
	return len(a.chain) > 1 && len(b.chain) == len(a.chain) && a.chain[0] == b.chain[0] && a.gist.cosine(b.gist) >= related
}

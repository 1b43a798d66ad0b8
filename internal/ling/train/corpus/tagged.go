package corpus

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/tag"
)

// A Tagged sentence is words with a tag each: 0, or 2k-1 where a name of kind k begins and 2k where it goes on.
type Tagged struct {
	Words []string
	Tags  []uint8
}

// ReadTagged reads lines "word tag" with an empty line between sentences. Tags are O or B- and I- with a name
// that begins PER, ORG, LOC or MIS.
func ReadTagged(path string) ([]Tagged, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var list []Tagged
	var s Tagged
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		cells := strings.Fields(lines.Text())
		if len(cells) == 0 {
			list = flush(list, &s)
			continue
		}
		if len(cells) != 2 {
			cells = []string{cells[0], "O"}
		}
		t, err := number(cells[1])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		s.Words = append(s.Words, cells[0])
		s.Tags = append(s.Tags, t)
	}
	return flush(list, &s), lines.Err()
}

// ReadNested reads lines "word tag tag …" whose tags nest, and keeps the outermost names of persons, organizations
// and places.
func ReadNested(path string) ([]Tagged, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var list []Tagged
	var s Tagged
	open := "" // the label of the name that the last word stood in
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		cells := strings.Fields(lines.Text())
		if len(cells) == 0 {
			list, open = flush(list, &s), ""
			continue
		}
		var t uint8
		t, open = outermost(cells[1:], open)
		s.Words = append(s.Words, cells[0])
		s.Tags = append(s.Tags, t)
	}
	return flush(list, &s), lines.Err()
}

// outermost goes on with the open name when a label does, else begins the first name that a label begins.
func outermost(labels []string, open string) (uint8, string) {
	for _, l := range labels {
		if open != "" && l == "I-"+open {
			return uint8(2 * nested(open)), open
		}
	}
	for _, l := range labels {
		if kind, begins := strings.CutPrefix(l, "B-"); begins && nested(kind) != tag.None {
			return uint8(2*nested(kind)) - 1, kind
		}
	}
	return 0, ""
}

// nested gives the kind of a label of the Wojood scheme.
func nested(label string) tag.Kind {
	switch label {
	case "PERS":
		return tag.Person
	case "ORG":
		return tag.Organization
	case "GPE", "LOC", "FAC":
		return tag.Place
	case "EVENT", "PRODUCT":
		return tag.Other
	}
	return tag.None
}

func flush(list []Tagged, s *Tagged) []Tagged {
	if len(s.Words) > 0 {
		repair(s.Tags)
		list = append(list, *s)
		*s = Tagged{}
	}
	return list
}

// number gives the tag of a label.
func number(label string) (uint8, error) {
	if label == "O" {
		return 0, nil
	}
	place, kind, _ := strings.Cut(label, "-")
	for k, prefix := range [...]string{tag.Person: "PER", tag.Organization: "ORG", tag.Place: "LOC", tag.Other: "MIS"} {
		if k > 0 && strings.HasPrefix(kind, prefix) {
			return uint8(2*k) - uint8(strings.Index("IB", place)), nil
		}
	}
	if strings.HasPrefix(kind, "ENGLISH") || strings.HasPrefix(kind, "SPANISH") {
		return 0, nil
	}
	return 0, fmt.Errorf("unknown tag %q", label)
}

// repair makes an inside without its beginning a beginning.
func repair(tags []uint8) {
	last := uint8(0)
	for i, t := range tags {
		if t != 0 && t%2 == 0 && last != t && last != t-1 {
			tags[i] = t - 1
		}
		last = tags[i]
	}
}

// A Text is a run of tagged sentences as they would stand in an article, with the place of each word in it.
type Text struct {
	Text   string
	Starts [][]int // byte of each word of each sentence
	Source []Tagged
}

// Join makes a text of the sentences, a paragraph each, with the signs set against the words.
func Join(list []Tagged) Text {
	t := Text{Source: list}
	var b strings.Builder
	for _, s := range list {
		starts := make([]int, len(s.Words))
		open, glue := false, true
		for i, w := range s.Words {
			closing := strings.ContainsAny(w, ".,،؛:;؟!?)»]%") && len(w) <= 3
			quote := w == "\"" || w == "''" || w == "``"
			if !glue && !closing && !(quote && open) {
				b.WriteByte(' ')
			}
			glue = w == "(" || w == "«" || w == "[" || quote && !open
			open = open != quote
			starts[i] = b.Len()
			b.WriteString(w)
		}
		t.Starts = append(t.Starts, starts)
		b.WriteString("\n\n")
	}
	t.Text = b.String()
	return t
}

// Tags gives each token of the text the tag of the word it stands in; later tokens of a word go on with its name.
func (t Text) Tags(d *ling.Doc) []uint8 {
	tags := make([]uint8, len(d.Tokens))
	at := 0
	for si, s := range t.Source {
		for wi, start := range t.Starts[si] {
			end := start + len(s.Words[wi])
			first := true
			for at < len(d.Tokens) && int(d.Tokens[at].Start) < end {
				tag := s.Tags[wi]
				if !first && tag%2 == 1 {
					tag++
				}
				tags[at], first = tag, false
				at++
			}
		}
	}
	return tags
}

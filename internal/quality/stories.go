package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/story"
	"github.com/isnad-project/isnad/reader"
)

// The marked stories lie beside the folder of marked articles.
const (
	storyTexts = "../stories/dev.jsonl"
	storyMarks = "../stories/dev.gold.json"
)

// stories joins the marked articles into stories and sets them against those made by hand.
func (m *measure) stories() (string, error) {
	marks, err := readMarks(filepath.Join(m.goldDir, storyMarks))
	if marks == nil || err != nil {
		return "", err
	}
	given, articles, err := joinFile(m.reader, filepath.Join(m.goldDir, storyTexts))
	if err != nil {
		return "", err
	}
	f := compareStories(marks, given)
	var b strings.Builder
	fmt.Fprintf(&b, "%d articles, %d stories marked, %d given.\n\n", articles, len(marks), len(given))
	b.WriteString("| what | precision | recall | F1 | marked | given |\n|:--|--:|--:|--:|--:|--:|\n")
	for _, r := range []struct {
		name string
		tally
	}{{"articles in their story (BCubed)", f.stories}, {"pairs of copies", f.copies}, {"disagreements", f.disagreements}} {
		fmt.Fprintf(&b, "| %s | %.3f | %.3f | %.3f | %d | %d |\n", r.name, r.precision, r.recall, r.f1(), r.marked, r.given)
	}
	return b.String(), nil
}

// marked is a story made by hand.
type marked struct {
	IDs           []string   `json:"ids"`
	Copies        [][]string `json:"copies"`
	Disagreements []struct {
		Values []struct {
			Value, Words string
			IDs          []string `json:"ids"`
		}
	}
}

// readMarks reads the stories made by hand, nil when they are not there.
func readMarks(path string) ([]marked, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var file struct{ Stories []marked }
	if err == nil {
		err = json.Unmarshal(b, &file)
	}
	return file.Stories, err
}

// joinFile reads the articles of a JSON Lines file and joins them.
func joinFile(r *reader.Reader, path string) (out []isnad.Story, articles int, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	var list []isnad.Article
	for d := json.NewDecoder(bufio.NewReader(f)); d.More(); {
		var a isnad.Article
		if err := d.Decode(&a); err != nil {
			return nil, 0, fmt.Errorf("%s: %w", path, err)
		}
		list = append(list, a)
	}
	out, err = join(r, list)
	return out, len(list), err
}

// join reads articles and joins them into stories, as a library does.
func join(r *reader.Reader, list []isnad.Article) ([]isnad.Story, error) {
	e, err := story.New()
	if err != nil {
		return nil, err
	}
	j := story.NewJoiner()
	told := map[string]story.Telling{}
	for _, a := range list {
		rec := r.Read(a)
		s := e.Sketch(&rec)
		told[a.ID] = story.Telling{Record: &rec, Sketch: &s}
		j.Add(&s)
	}
	j.Run()
	var out []isnad.Story
	for _, sketches := range j.Stories() {
		tellings := make([]story.Telling, len(sketches))
		for i, s := range sketches {
			tellings[i] = told[s.ID]
		}
		out = append(out, e.Story(tellings))
	}
	return out, nil
}

// tally is how well what is given meets what is marked.
type tally struct {
	precision, recall float64
	marked, given     int
}

func (t tally) f1() float64 {
	if t.precision+t.recall == 0 {
		return 0
	}
	return 2 * t.precision * t.recall / (t.precision + t.recall)
}

// storyFigures are the figures of one set of stories.
type storyFigures struct{ stories, copies, disagreements tally }

func compareStories(marks []marked, given []isnad.Story) storyFigures {
	return storyFigures{bcubed(marks, given), copyPairs(marks, given), disagreements(marks, given)}
}

// bcubed is the BCubed precision and recall of articles (Bagga and Baldwin 1998).
func bcubed(marks []marked, given []isnad.Story) tally {
	in, out := map[string]int{}, map[string]int{}
	for i, s := range marks {
		for _, id := range s.IDs {
			in[id] = i
		}
	}
	for i, s := range given {
		for _, id := range s.Articles {
			out[id] = i
		}
	}
	t := tally{marked: len(marks), given: len(given)}
	for a, k := range in {
		both, same, there := 0.0, 0.0, 0.0
		for b, n := range in {
			if k == n {
				same++
			}
			if out[a] == out[b] {
				there++
			}
			if k == n && out[a] == out[b] {
				both++
			}
		}
		t.precision += both / there / float64(len(in))
		t.recall += both / same / float64(len(in))
	}
	return t
}

func copyPairs(marks []marked, given []isnad.Story) tally {
	in, out := map[[2]string]bool{}, map[[2]string]bool{}
	for _, s := range marks {
		for _, c := range s.Copies {
			pairsOf(in, c)
		}
	}
	for _, s := range given {
		for _, c := range s.Copies {
			pairsOf(out, c.Articles)
		}
	}
	right := 0
	for p := range out {
		if in[p] {
			right++
		}
	}
	return tally{share(right, len(out)), share(right, len(in)), len(in), len(out)}
}

func pairsOf(set map[[2]string]bool, list []string) {
	for i, a := range list {
		for _, b := range list[:i] {
			set[[2]string{min(a, b), max(a, b)}] = true
		}
	}
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// position is a value of a disagreement: its numbers or else its words, and who holds it.
type position struct {
	words map[string]bool
	ids   []string
}

// disagreements counts those marked that some given one shows, and those given that are
// marked: two values have a number or word in common and an article that holds both.
func disagreements(marks []marked, given []isnad.Story) tally {
	var in, out [][]position
	for _, s := range marks {
		for _, d := range s.Disagreements {
			var list []position
			for _, v := range d.Values {
				p := position{tokens(v.Value), v.IDs}
				for w := range tokens(v.Words) {
					p.words[w] = true
				}
				list = append(list, p)
			}
			in = append(in, list)
		}
	}
	for _, s := range given {
		for _, d := range s.Disagreements {
			var list []position
			for _, v := range d.Values {
				p := position{words: tokens(v.Value)}
				for _, c := range v.Claims {
					p.ids = append(p.ids, c.Article)
				}
				list = append(list, p)
			}
			out = append(out, list)
		}
	}
	shown, right := 0, 0
	for _, a := range in {
		if slices.ContainsFunc(out, func(b []position) bool { return meet(a, b) }) {
			shown++
		}
	}
	for _, b := range out {
		if slices.ContainsFunc(in, func(a []position) bool { return meet(b, a) }) {
			right++
		}
	}
	return tally{share(right, len(out)), share(shown, len(in)), len(in), len(out)}
}

// meet reports whether two positions of a at least are held in b.
func meet(a, b []position) bool {
	n := 0
	for _, x := range a {
		if slices.ContainsFunc(b, x.same) {
			n++
		}
	}
	return n >= 2
}

func (p position) same(o position) bool {
	common := false
	for w := range p.words {
		common = common || o.words[w]
	}
	return common && slices.ContainsFunc(p.ids, func(id string) bool { return slices.Contains(o.ids, id) })
}

// tokens gives the numbers of a value, or its words where it has none.
func tokens(value string) map[string]bool {
	value = strings.NewReplacer("٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9").Replace(value)
	out := map[string]bool{}
	for _, n := range strings.FieldsFunc(value, func(r rune) bool { return r < '0' || r > '9' }) {
		out[n] = true
	}
	if len(out) > 0 {
		return out
	}
	for _, w := range strings.FieldsFunc(value, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if utf8.RuneCountInString(w) > 2 {
			out[w] = true
		}
	}
	return out
}

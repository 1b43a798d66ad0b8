package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/isnad-project/isnad/internal/corpus"
	"github.com/isnad-project/isnad/internal/quality/score"
	"github.com/isnad-project/isnad/reader"
)

// section is a part of docs/quality.md that is written here.
type section struct {
	name  string
	needs string                         // said when it cannot be measured on this machine
	build func(*measure) (string, error) // Markdown; empty when what it needs is not there
}

// sections lists what is measured, in the order of the document. A new figure is a new
// section here and a pair of marks in the document.
func sections() []section {
	return []section{
		{name: "corpus", build: (*measure).corpus},
		{name: "gold", needs: "the folder of marked articles is not there", build: (*measure).gold},
		{name: "pages", build: (*measure).pages},
		{name: "stories", needs: "the marked stories are not there", build: (*measure).stories},
		{name: "pairs", needs: "the marked pairs are not there", build: (*measure).pairs},
		{name: "elsewhere", needs: "the data of others is not there", build: (*measure).elsewhere},
	}
}

// measure is what the sections share.
type measure struct {
	reader        *reader.Reader
	root, goldDir string
}

func (m *measure) corpus() (string, error) {
	list, err := m.own()
	if err != nil {
		return "", err
	}
	return report(m.read(list), len(list)), nil
}

func (m *measure) gold() (string, error) {
	list, err := corpus.LoadGold(m.goldDir)
	if err != nil || len(list) == 0 {
		return "", err
	}
	return report(m.read(list), len(list)), nil
}

func (m *measure) own() ([]corpus.Marked, error) {
	files, err := corpus.Load(m.root)
	list := make([]corpus.Marked, len(files))
	for i, f := range files {
		list[i] = f.Marked
	}
	return list, err
}

// all gives the project's corpus and the marked articles outside of it where they are.
func (m *measure) all() ([]corpus.Marked, error) {
	own, err := m.own()
	if err != nil {
		return nil, err
	}
	gold, err := corpus.LoadGold(m.goldDir)
	return append(own, gold...), err
}

func (m *measure) read(list []corpus.Marked) *score.Sheet {
	s := &score.Sheet{}
	for i := range list {
		rec := m.reader.Read(list[i].Article)
		s.Add(&list[i], &rec)
	}
	return s
}

// report is the figures of a sheet as two tables.
func report(s *score.Sheet, articles int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d articles.\n\n", articles)
	b.WriteString("| kind of finding | precision | recall | F1 | marked | given |\n|:--|--:|--:|--:|--:|--:|\n")
	for _, k := range score.Kinds() {
		c := s.Count(k)
		fmt.Fprintf(&b, "| %s | %.3f | %.3f | %.3f | %d | %d |\n", k, c.Precision(), c.Recall(), c.F1(), c.Marked, c.Given)
	}
	var mains []string
	for _, k := range score.Main() {
		mains = append(mains, string(k))
	}
	fmt.Fprintf(&b, "\nMean F1 of %s: %.3f.\n\n", strings.Join(mains, ", "), s.Mean())
	b.WriteString("| kind of finding | confidence said | given | right | share right |\n|:--|:--|--:|--:|--:|\n")
	for _, k := range score.Main() {
		for _, l := range levels(s.Given(k)) {
			fmt.Fprintf(&b, "| %s | %s | %d | %d | %.2f |\n", k, l.name(), l.given, l.right, float64(l.right)/float64(l.given))
		}
	}
	return b.String()
}

// level is a step of confidence with what became of the findings on it.
type level struct {
	from, to     float64
	given, right int
}

func (l level) name() string {
	if l.to > 1 {
		return fmt.Sprintf("%.2f and more", l.from)
	}
	return fmt.Sprintf("%.2f to %.2f", l.from, l.to)
}

// levels sorts findings by the confidence that the reader gave them; steps without any are
// left out.
func levels(given []score.Given) []level {
	steps := []level{{from: 0, to: 0.5}, {from: 0.5, to: 0.6}, {from: 0.6, to: 0.7}, {from: 0.7, to: 0.8}, {from: 0.8, to: 0.9}, {from: 0.9, to: 0.95}, {from: 0.95, to: 1.01}}
	for _, g := range given {
		for i := range steps {
			if c := g.Trust.Confidence; c >= steps[i].from && c < steps[i].to {
				steps[i].given++
				if g.Right {
					steps[i].right++
				}
			}
		}
	}
	return slices.DeleteFunc(steps, func(l level) bool { return l.given == 0 })
}

// The marks in the document, round what a section writes.
const (
	begin = "<!-- begin %s: written by make quality -->\n"
	end   = "<!-- end %s -->\n"
)

// replace puts text between the marks of a section.
func replace(doc, name, text string) (string, error) {
	from, to := fmt.Sprintf(begin, name), fmt.Sprintf(end, name)
	before, rest, found := strings.Cut(doc, from)
	_, after, closed := strings.Cut(rest, to)
	if !found || !closed {
		return "", fmt.Errorf("section %s has no place: the lines %q and %q must stand there", name, strings.TrimSpace(from), strings.TrimSpace(to))
	}
	return before + from + "\n" + text + "\n" + to + after, nil
}

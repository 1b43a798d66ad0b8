//go:build unix

// Package press makes the news that libraries are measured with: real articles where they are
// at hand, else the samples, and as many more as are asked for, with other names in each.
package press

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/intake/text"
	"github.com/isnad-project/isnad/internal/script"
	"github.com/isnad-project/isnad/reader"
)

// newsFile is real unmarked news, where it is at hand.
const newsFile = "../shared/data/news/ant.jsonl.xz"

// Line is an article as it is poured in.
type Line struct {
	ID        string `json:"id"`
	Outlet    string `json:"outlet"`
	Published string `json:"published"`
	Title     string `json:"title"`
	Text      string `json:"text"`
}

// Corpus is what is poured in: articles, and where the names stand in each.
type Corpus struct {
	What  string
	Lines []Line
	names [][]isnad.Span
	days  int // that the articles span
}

// Load gives n real articles, or the samples.
func Load(n int) (*Corpus, error) {
	c := &Corpus{What: "the articles of " + newsFile}
	c.news(n)
	if len(c.Lines) == 0 {
		c.What = "the articles of samples/, with other names in each"
		if err := c.samples(); err != nil {
			return nil, err
		}
	}
	r, err := reader.New()
	if err != nil {
		return nil, err
	}
	var first, last time.Time
	for i, l := range c.Lines {
		rec := r.Read(isnad.Article{Title: l.Title, Text: l.Text})
		var spans []isnad.Span
		if rec.Article.Text != "" {
			for _, n := range rec.Names {
				// In the text as it is poured in, which may be longer than the body.
				for at := 0; ; {
					k := strings.Index(l.Text[at:], n.Of(rec.Article.Text))
					if k < 0 {
						break
					}
					spans = append(spans, isnad.Span{Start: at + k, End: at + k + n.End - n.Start})
					at += k + n.End - n.Start
				}
			}
		}
		c.names = append(c.names, apart(spans))
		if day, err := time.Parse(time.DateOnly, l.Published[:10]); err == nil {
			if i == 0 || day.Before(first) {
				first = day
			}
			if day.After(last) {
				last = day
			}
		}
	}
	c.days = int(last.Sub(first).Hours()/24) + 30
	return c, nil
}

// apart gives spans in order without those that overlap one before.
func apart(spans []isnad.Span) []isnad.Span {
	slices.SortFunc(spans, func(a, b isnad.Span) int { return a.Start - b.Start })
	var out []isnad.Span
	for _, s := range spans {
		if len(out) == 0 || s.Start >= out[len(out)-1].End {
			out = append(out, s)
		}
	}
	return out
}

// news reads articles of the year that most of them are of.
func (c *Corpus) news(n int) {
	if _, err := os.Stat(newsFile); err != nil {
		return
	}
	cmd := exec.Command("xz", "-dc", newsFile)
	out, err := cmd.StdoutPipe()
	if err != nil || cmd.Start() != nil {
		return
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	in := bufio.NewScanner(out)
	in.Buffer(nil, 1<<24)
	for len(c.Lines) < n && in.Scan() {
		var a struct{ ID, Title, Date, Source, Text string }
		if json.Unmarshal(in.Bytes(), &a) == nil && strings.HasPrefix(a.Date, "2018") && a.Text != "" {
			c.Lines = append(c.Lines, Line{a.ID, a.Source, a.Date, a.Title, a.Text})
		}
	}
}

// samples reads the samples, eight a day.
func (c *Corpus) samples() error {
	files, err := filepath.Glob("samples/*.txt")
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no samples/*.txt here: run it in the project's folder (%w)", err)
	}
	day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for i, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return err
		}
		a, err := text.Parse(b)
		if err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
		c.Lines = append(c.Lines, Line{filepath.Base(f), "samples", day.AddDate(0, 0, i/8).Format(time.DateOnly), a.Title, a.Text})
	}
	return nil
}

// At gives article i of a corpus without end: round after round of its articles, each
// round with other names and later by the days that the corpus spans.
func (c *Corpus) At(i int) Line {
	k, round := i%len(c.Lines), i/len(c.Lines)
	l := c.Lines[k]
	if round == 0 {
		return l
	}
	l.ID = fmt.Sprintf("%s-%d", l.ID, round)
	if day, err := time.Parse(time.DateOnly, l.Published[:10]); err == nil {
		l.Published = day.AddDate(0, 0, round*c.days).Format(time.DateOnly) + l.Published[10:]
	}
	var b strings.Builder
	at := 0
	for _, s := range c.names[k] {
		b.WriteString(l.Text[at:s.Start])
		b.WriteString(renamed(l.Text[s.Start:s.End], round))
		at = s.End
	}
	b.WriteString(l.Text[at:])
	l.Text = b.String()
	return l
}

// letters are those that names are changed by, one for another.
const letters = "بتجحدرسشصطعفقكلمنهي"

// renamed gives a name another of the same shape: each letter after the article moves on
// by as many letters.
func renamed(name string, by int) string {
	alphabet := []rune(letters)
	words := strings.Fields(name)
	for i, w := range words {
		head := ""
		if rest, ok := strings.CutPrefix(w, script.Al); ok {
			head, w = script.Al, rest
		}
		words[i] = head + strings.Map(func(r rune) rune {
			if k := slices.Index(alphabet, r); k >= 0 {
				return alphabet[(k+by)%len(alphabet)]
			}
			return r
		}, w)
	}
	return strings.Join(words, " ")
}

// Feed writes n articles as JSON Lines.
func (c *Corpus) Feed(to io.WriteCloser, n int) error {
	b := bufio.NewWriterSize(to, 1<<16)
	out := json.NewEncoder(b)
	out.SetEscapeHTML(false)
	for i := range n {
		if err := out.Encode(c.At(i)); err != nil {
			return err
		}
	}
	if err := b.Flush(); err != nil {
		return err
	}
	return to.Close()
}

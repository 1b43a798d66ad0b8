package corpus

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/isnad-project/isnad"
)

// LoadGold reads a folder of articles marked in JSON (docs/quality.md), one a file. A
// folder that is not there gives no articles and no error.
func LoadGold(dir string) ([]Marked, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	var list []Marked
	var faults []error
	for _, p := range paths {
		m, err := openGold(p)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", p, err))
			continue
		}
		list = append(list, m)
	}
	return list, errors.Join(faults...)
}

// gold is the JSON of an article marked by hand.
type gold struct {
	ID, URL, Outlet, Title, Published string

	Text  string // the body
	Raw   string // the body with its debris, where that differs
	Cut   []isnad.Cut
	Names [][3]string // text, kind, entity
	Times []Time

	Quantities []struct {
		Text, Unit, Mod string
		Value           float64
		Max             *float64
	}
	Statements []struct {
		Speaker, Entity, Kind, Mode, Content string
		Via                                  []string
	}
	Events      []Event
	Commitments []struct {
		By               []string
		What, Due, Basis string
	}
}

func openGold(path string) (Marked, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return Marked{}, err
	}
	var g gold
	if err := json.Unmarshal(b, &g); err != nil {
		return Marked{}, err
	}
	return g.marked(), nil
}

func (g *gold) marked() Marked {
	a := isnad.Article{ID: g.ID, URL: g.URL, Outlet: g.Outlet, Title: g.Title, Published: g.Published, Text: g.Raw}
	if a.Text == "" {
		a.Text = g.Text
	}
	m := Marked{Article: a, Body: g.Text, Cuts: g.Cut, Times: g.Times, Events: g.Events}
	for _, x := range g.Names {
		m.Names = append(m.Names, Name{Text: x[0], Kind: x[1], Entity: x[2]})
	}
	for _, x := range g.Quantities {
		q := Quantity{Text: x.Text, Unit: x.Unit, Mod: x.Mod, Value: x.Value}
		if x.Max != nil {
			q.Max = *x.Max
		}
		m.Quantities = append(m.Quantities, q)
	}
	for _, x := range g.Statements {
		m.Statements = append(m.Statements, Statement{
			Kind: x.Kind, Speaker: Party{x.Speaker, x.Entity}, Via: named(x.Via), Direct: x.Mode == "direct", Content: x.Content,
		})
	}
	for _, x := range g.Commitments {
		m.Commitments = append(m.Commitments, Commitment{named(x.By), x.What, x.Due, x.Basis})
	}
	return m
}

func named(words []string) []Party {
	out := make([]Party, len(words))
	for i, w := range words {
		out[i] = Party{Words: w}
	}
	return out
}

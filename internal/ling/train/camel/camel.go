// Package camel inflects the stems of the CAMeL Morph tables (Habash et al. 2022, MIT): which surface forms,
// unvowelled and folded, a verb, adjective or proper noun can take. It is used when models are made,
// never when text is read, and knows nothing of the tables' meaning beyond their own conditions.
//
// A morpheme or stem asks for conditions (COND-T) and gives conditions (COND-S). A sequence of them is a word
// when what every part asks for is given by some part; "else" asks that no sibling row would do.
package camel

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A Stem is one row of a stem table.
type Stem struct {
	Class string // "[STEM-PV]"
	POS   string // "verb", "adj", "noun_prop"
	Form  string // Buckwalter letters with vowels
	Asks  []string
	Gives []string
}

// A Grammar is the affix and order tables of one kind of word.
type Grammar struct {
	classes map[string][]morpheme
	orders  []order
}

type morpheme struct {
	group string // rows that stand in for one another
	form  string
	asks  []string
	gives []string
}

type order struct {
	stem           string
	prefix, suffix []string
}

// Affixes is one way to finish a stem: letters before and after it, unvowelled.
type Affixes struct {
	Before, After string
}

// ReadGrammar reads the affix and order tables, keeping the orders for whose stem class keep is true.
// Question, conjunction and particle prefixes and second objects are left out: clitics are the reader's own concern.
func ReadGrammar(dir, morph, orders string, keep func(stemClass string) bool) (*Grammar, error) {
	g := &Grammar{classes: map[string][]morpheme{}}
	rows, err := ReadTable(filepath.Join(dir, morph))
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if r["DEFINE"] != "MORPH" {
			continue
		}
		m := morpheme{group: r["FUNC"] + " " + r["FEAT"], form: letters(r["FORM"]), asks: conditions(r["COND-T"]), gives: conditions(r["COND-S"])}
		g.classes[r["CLASS"]] = append(g.classes[r["CLASS"]], m)
	}
	g.classes["[ART]"] = []morpheme{{form: "Al"}}
	if rows, err = ReadTable(filepath.Join(dir, orders)); err != nil {
		return nil, err
	}
	for _, r := range rows {
		if stem := firstField(r["STEM"]); r["DEFINE"] == "ORDER" && keep(stem) {
			g.orders = append(g.orders, readOrder(r, stem))
		}
	}
	return g, nil
}

func readOrder(r map[string]string, stem string) order {
	o := order{stem: stem}
	for _, c := range strings.Fields(r["PREFIX"]) {
		switch {
		case strings.HasPrefix(c, "[VPART"), strings.HasPrefix(c, "[CONJ"), c == "[QUES]", c == "[PREP]", c == "[EMPH]":
		default:
			o.prefix = append(o.prefix, c)
		}
	}
	o.suffix = append(o.suffix, strings.Fields(r["STEM"])[1:]...)
	for _, c := range strings.Fields(r["SUFFIX"]) {
		if c != "[PRON2]" {
			o.suffix = append(o.suffix, c)
		}
	}
	return o
}

// Bare is the grammar without suffixed pronouns.
func (g *Grammar) Bare() *Grammar {
	bare := &Grammar{classes: g.classes}
	for _, o := range g.orders {
		if o.suffix[len(o.suffix)-1] != "[PRON]" {
			bare.orders = append(bare.orders, o)
		}
	}
	return bare
}

// Finish gives every way to finish a stem of the class with these conditions.
func (g *Grammar) Finish(s Stem) []Affixes {
	found := map[Affixes]bool{}
	var list []Affixes
	for _, o := range g.orders {
		if o.stem != s.Class {
			continue
		}
		classes := append(append([]string{}, o.prefix...), o.suffix...)
		parts := make([]morpheme, 0, len(classes))
		g.walk(g.within(s, classes), s, classes, parts, func(parts []morpheme) {
			a := Affixes{}
			for i, p := range parts {
				if i < len(o.prefix) {
					a.Before += p.form
				} else {
					a.After += p.form
				}
			}
			if !found[a] {
				found[a] = true
				list = append(list, a)
			}
		})
	}
	return list
}

// walk tries every choice of one morpheme a class and yields those whose conditions all hold.
func (g *Grammar) walk(possible map[string]bool, s Stem, classes []string, parts []morpheme, yield func([]morpheme)) {
	if len(parts) == len(classes) {
		if g.holds(s, classes, parts) {
			yield(parts)
		}
		return
	}
	for _, m := range g.classes[classes[len(parts)]] {
		if hopeful(m, possible) {
			g.walk(possible, s, classes, append(parts, m), yield)
		}
	}
}

// within gives every condition that the stem or some morpheme of the classes can give.
func (g *Grammar) within(s Stem, classes []string) map[string]bool {
	possible := map[string]bool{}
	for _, c := range s.Gives {
		possible[c] = true
	}
	for _, class := range classes {
		for _, m := range g.classes[class] {
			for _, c := range m.gives {
				possible[c] = true
			}
		}
	}
	return possible
}

// hopeful reports whether some choice of the other parts could give what m asks for.
func hopeful(m morpheme, possible map[string]bool) bool {
	for _, ask := range m.asks {
		if ask != "else" && !strings.HasPrefix(ask, "!") && !met(ask, possible) {
			return false
		}
	}
	return true
}

func (g *Grammar) holds(s Stem, classes []string, parts []morpheme) bool {
	given := map[string]bool{}
	for _, c := range s.Gives {
		given[c] = true
	}
	for _, p := range parts {
		for _, c := range p.gives {
			given[c] = true
		}
	}
	for _, ask := range s.Asks {
		if !met(ask, given) {
			return false
		}
	}
	for i, p := range parts {
		if !g.asked(p, g.classes[classes[i]], given) {
			return false
		}
	}
	return true
}

// asked reports whether each condition of p is given; an "else" holds when no sibling row that agrees
// with p up to there has a condition there that is given.
func (g *Grammar) asked(p morpheme, siblings []morpheme, given map[string]bool) bool {
	for i, ask := range p.asks {
		if ask != "else" {
			if !met(ask, given) {
				return false
			}
			continue
		}
		for _, q := range siblings {
			if q.group == p.group && len(q.asks) > i && q.asks[i] != "else" && slices.Equal(q.asks[:i], p.asks[:i]) && met(q.asks[i], given) {
				return false
			}
		}
	}
	return true
}

func met(ask string, given map[string]bool) bool {
	if rest, not := strings.CutPrefix(ask, "!"); not {
		return !met(rest, given)
	}
	for alternative := range strings.SplitSeq(ask, "||") {
		if given[alternative] {
			return true
		}
	}
	return false
}

// ReadStems reads the stem tables given, in order.
func ReadStems(dir string, files ...string) ([]Stem, error) {
	var list []Stem
	for _, f := range files {
		rows, err := ReadTable(filepath.Join(dir, f))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if r["DEFINE"] != "LEXICON" || r["FORM"] == "" {
				continue
			}
			list = append(list, Stem{Class: r["CLASS"], POS: feature(r["FEAT"], "pos"), Form: r["FORM"],
				Asks: conditions(r["COND-T"]), Gives: conditions(r["COND-S"])})
		}
	}
	return list, nil
}

// Passives makes the passive stems that differ from the active ones in their letters: hollow and long-vowelled
// stems (qaAl, qiyl; qaAtal, quwtil; yaquwl, yuqaAl) and those with a weak ending (daEaA, duEiy; yadEuw, yudEaY).
// All others are written alike without vowels.
func Passives(stems []Stem) []Stem {
	var list []Stem
	for _, s := range stems {
		form := vowels(s)
		gives := slices.Clone(s.Gives)
		for i, c := range gives {
			if weak := weakened(s.Class, c); weak != "" {
				gives[i] = weak
			}
		}
		if form == s.Form && slices.Equal(gives, s.Gives) {
			continue
		}
		s.Form, s.Gives = form, append(gives, "trans")
		list = append(list, s)
	}
	return list
}

// vowels gives the passive's long vowel. A long vowel before the last consonant is the root's own in a hollow stem.
func vowels(s Stem) string {
	f := s.Form
	hollow := len(f) >= 3 && slices.Contains(s.Asks, "v-suff") && !strings.HasSuffix(f, "~")
	body := f
	if hollow {
		body = f[:len(f)-1]
	}
	switch {
	case s.Class == "[STEM-PV]" && hollow && strings.HasSuffix(body, "aA"):
		return strings.TrimSuffix(body, "aA") + "iy" + f[len(f)-1:]
	case s.Class == "[STEM-PV]" && !hollow:
		return strings.Replace(f, "aA", "uw", 1)
	case s.Class == "[STEM-IV]" && hollow && (strings.HasSuffix(body, "uw") || strings.HasSuffix(body, "iy")):
		return body[:len(body)-2] + "aA" + f[len(f)-1:]
	}
	return f
}

// weakened gives the ending condition of the passive for that of the active.
func weakened(class, condition string) string {
	switch {
	case class == "[STEM-PV]" && (condition == "#-aw" || condition == "#-ay" || condition == "#-aA"):
		return "#-iy"
	case class == "[STEM-IV]" && (condition == "#-uw" || condition == "#-iy"):
		return "#-aY"
	}
	return ""
}

// Letters gives the unvowelled letters of a Buckwalter form.
func (s Stem) Letters() string { return letters(s.Form) }

// Arabic writes Buckwalter letters in Arabic ones, unfolded.
func Arabic(buckwalter string) string {
	var b strings.Builder
	for _, c := range buckwalter {
		if i := strings.IndexRune(keys, c); i >= 0 {
			b.WriteRune(values[i])
		}
	}
	return b.String()
}

// keys and values pair Buckwalter's letters with Unicode's, U+0621 to U+064A and alef wasla.
const keys = "'|>&<}AbptvjHxd*rzs$SDTZEgfqklmnhwYy{"

var values = []rune{0x621, 0x622, 0x623, 0x624, 0x625, 0x626, 0x627, 0x628, 0x629, 0x62A, 0x62B, 0x62C, 0x62D, 0x62E, 0x62F, 0x630,
	0x631, 0x632, 0x633, 0x634, 0x635, 0x636, 0x637, 0x638, 0x639, 0x63A, 0x641, 0x642, 0x643, 0x644, 0x645, 0x646, 0x647, 0x648, 0x649, 0x64A, 0x671}

// letters drops vowels and marks; "_" stands for nothing.
func letters(form string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(keys, c) {
			return c
		}
		return -1
	}, form)
}

func conditions(cell string) []string {
	list := strings.Fields(cell)
	kept := list[:0]
	for _, c := range list {
		if c != "_" {
			kept = append(kept, c)
		}
	}
	return kept
}

func feature(cell, name string) string {
	for _, f := range strings.Fields(cell) {
		if v, ok := strings.CutPrefix(f, name+":"); ok {
			return v
		}
	}
	return ""
}

func firstField(s string) string {
	if f := strings.Fields(s); len(f) > 0 {
		return f[0]
	}
	return ""
}

// ReadTable reads a table whose first row names its columns.
func ReadTable(path string) ([]map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	all, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	rows := make([]map[string]string, 0, len(all))
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			if i < len(cells) {
				row[name] = cells[i]
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

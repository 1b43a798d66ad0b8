package corpus

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/isnad-project/isnad"
)

// The written form: a finding a line, fields parted by two or more spaces, words of the
// text between guillemets, «-» for what is empty. docs/quality.md shows every kind.

// The kinds of lines; those after commitment are asked of a record but not all it may hold.
const (
	kindCut        = "cut"
	kindName       = "name"
	kindTime       = "time"
	kindQuantity   = "quantity"
	kindStatement  = "statement"
	kindEvent      = "event"
	kindCommitment = "commitment"
	kindEntity     = "entity"
	kindCovers     = "covers"
	kindCue        = "cue"
	kindTo         = "to"
	kindNote       = "note"
)

// parse reads the lines of a record into m. Lines that start with # are comments.
func (m *Marked) parse(text string) error {
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := m.line(line); err != nil {
			return fmt.Errorf("record line %d: %w", i+1, err)
		}
	}
	return nil
}

func (m *Marked) line(line string) error {
	f := fields(line)
	want := map[string]int{kindCut: 3, kindName: 3, kindTime: 4, kindQuantity: 3, kindEvent: 5, kindCommitment: 5}[f[0]]
	if want != 0 && len(f) != want {
		return fmt.Errorf("%s has %d fields, want %d, parted by two spaces", f[0], len(f), want)
	}
	switch f[0] {
	case kindCut:
		m.Cuts = append(m.Cuts, isnad.Cut{Reason: isnad.Reason(f[1]), Text: bare(f[2])})
	case kindName:
		p := party(f[2])
		m.Names = append(m.Names, Name{Text: p.Words, Kind: f[1], Entity: p.Name()})
	case kindTime:
		value, mod, _ := strings.Cut(f[2], " ")
		m.Times = append(m.Times, Time{Text: bare(f[3]), Type: f[1], Value: value, Mod: mod})
	case kindQuantity:
		q, err := quantity(f[1])
		q.Text = bare(f[2])
		m.Quantities = append(m.Quantities, q)
		return err
	case kindStatement:
		return m.statement(f[1:])
	case kindEvent:
		return m.event(f[1:])
	case kindCommitment:
		due := empty(strings.TrimPrefix(f[3], "due "))
		m.Commitments = append(m.Commitments, Commitment{By: parties(f[1]), What: bare(f[2]), Due: due, Basis: f[4]})
	case kindEntity, kindCovers, kindCue, kindTo, kindNote:
		m.Asked = append(m.Asked, form(f...))
	default:
		return fmt.Errorf("no kind of finding is called %q", f[0])
	}
	return nil
}

func (m *Marked) statement(f []string) error {
	var s Statement
	if len(f) == 4 && strings.HasPrefix(f[1], "via ") {
		s.Via = parties(strings.TrimPrefix(f[1], "via "))
		f = []string{f[0], f[2], f[3]}
	}
	if len(f) != 3 || f[1] != "direct" && f[1] != "indirect" {
		return fmt.Errorf("a statement is: kind «speaker», perhaps via «…», direct or indirect, «content»")
	}
	kind, who, _ := strings.Cut(f[0], " ")
	s.Kind, s.Speaker = kind, party(who)
	s.Direct, s.Content = f[1] == "direct", bare(f[2])
	m.Statements = append(m.Statements, s)
	return nil
}

func (m *Marked) event(f []string) error {
	actors, recipients, arrow := strings.Cut(f[2], " → ")
	date, status, two := strings.Cut(f[3], " ")
	if !arrow || !two {
		return fmt.Errorf("an event ends: ACTOR,ACTOR → RECIPIENT, then DATE STATUS")
	}
	m.Events = append(m.Events, Event{
		Type: f[0], Trigger: bare(f[1]), Actors: list(actors), Recipients: list(recipients),
		Date: empty(date), Status: status,
	})
	return nil
}

// quantity reads «VALUE UNIT MOD» or «LOW..HIGH UNIT MOD»; the unit may be several words.
func quantity(s string) (Quantity, error) {
	var q Quantity
	number, unit, _ := strings.Cut(s, " ")
	if i := strings.LastIndexByte(unit, ' '); i >= 0 && strings.Trim(unit[i+1:], "abcdefghijklmnopqrstuvwxyz_") == "" {
		unit, q.Mod = unit[:i], unit[i+1:]
	}
	low, high, isRange := strings.Cut(number, "..")
	var err error
	if q.Value, err = strconv.ParseFloat(low, 64); err == nil && isRange {
		q.Max, err = strconv.ParseFloat(high, 64)
	}
	q.Unit = unit
	return q, err
}

// gap parts the fields of a line; the words of a text, set on one line, never hold it.
const gap = "  "

func fields(line string) []string {
	var out []string
	for f := range strings.SplitSeq(line, gap) {
		if f = strings.TrimSpace(f); f != "" {
			out = append(out, f)
		}
	}
	return out
}

func bare(s string) string  { return strings.TrimSuffix(strings.TrimPrefix(s, "«"), "»") }
func quote(s string) string { return "«" + s + "»" }

func empty(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func list(s string) []string {
	if s = empty(s); s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

// party reads «words» = entity, «words» or = entity.
func party(s string) Party {
	if entity, only := strings.CutPrefix(s, "= "); only {
		return Party{Entity: entity}
	}
	words, entity, _ := strings.Cut(s, "» = ")
	return Party{Words: bare(words), Entity: entity}
}

func parties(s string) []Party {
	var out []Party
	for _, p := range strings.Split(s, ", «") {
		out = append(out, party(p))
	}
	return out
}

func (p Party) String() string {
	switch {
	case p.Words == "":
		return "= " + p.Entity
	case p.Entity == "" || p.Entity == p.Words:
		return quote(p.Words)
	}
	return quote(p.Words) + " = " + p.Entity
}

func number(v float64) string {
	return strconv.FormatFloat(math.Round(v*1e4)/1e4, 'f', -1, 64)
}

func (q Quantity) number() string {
	if q.Max != 0 {
		return number(q.Value) + ".." + number(q.Max)
	}
	return number(q.Value)
}

package settings

import (
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// Held is a setting that holds, and where it comes from.
type Held struct {
	Verb  []string // empty where it is the same for every verb that has it
	Name  string
	Value string
	List  bool   // Value is a list
	From  string // "default", "environment ISNAD_…", or the file with its line
}

// Holding gives what holds for a verb and those below it where the command line says
// nothing. Secrets are masked.
func (f *File) Holding(app *kong.Application, verb []string) ([]Held, error) {
	n := below(app.Node, verb)
	if n == nil {
		return nil, fmt.Errorf("there is no verb %q", strings.Join(verb, " "))
	}
	var all []Held
	each(n, func(n *kong.Node) {
		for _, flag := range n.Flags {
			if settable(flag) {
				all = append(all, f.hold(verbOf(n), flag))
			}
		}
	})
	return together(all), nil
}

// hold says what holds for one flag of a verb.
func (f *File) hold(verb []string, flag *kong.Flag) Held {
	h := Held{Verb: verb, Name: flag.Name, Value: flag.Default, From: "default"}
	if name, ok := fromEnvironment(flag); ok {
		h.Value, h.From = os.Getenv(name), "environment "+name
	} else if s, ok := f.Find(verb, flag.Name); ok {
		h.Value, h.From = strings.Join(s.Values, ", "), fmt.Sprintf("%s:%d", f.Name, s.Line)
		h.List = len(s.Values) > 1
	}
	h.Value = masked(flag, h.Value)
	return h
}

// together tells once what is the same for several verbs.
func together(all []Held) (out []Held) {
	same := func(a, b Held) bool { return a.Name == b.Name && a.Value == b.Value && a.From == b.From }
	alike, differs := map[string]int{}, map[string]bool{}
	for _, h := range all {
		alike[h.Name]++
		i := slices.IndexFunc(all, func(x Held) bool { return x.Name == h.Name })
		differs[h.Name] = differs[h.Name] || !same(all[i], h)
	}
	told := map[string]bool{}
	for _, h := range all {
		if alike[h.Name] > 1 && !differs[h.Name] {
			if told[h.Name] {
				continue
			}
			told[h.Name], h.Verb = true, nil
		}
		out = append(out, h)
	}
	slices.SortStableFunc(out, func(a, b Held) int { return slices.Compare(a.Verb, b.Verb) })
	return out
}

// masked hides a secret, and the password in an address.
func masked(flag *kong.Flag, value string) string {
	const mask = "****"
	if value == "" {
		return ""
	}
	if flag.Tag.Has("secret") {
		return mask
	}
	if u, err := url.Parse(value); err == nil && u.User != nil {
		if _, ok := u.User.Password(); ok {
			_, rest, _ := strings.Cut(value, "@")
			return u.Scheme + "://" + u.User.Username() + ":" + mask + "@" + rest
		}
	} else if err != nil && strings.Contains(value, "@") {
		return mask
	}
	return value
}

// Append writes settings as a file has them, each with where it comes from.
func Append(dst []byte, all []Held) []byte {
	var last []string
	for _, h := range all {
		for i, name := range h.Verb {
			if i >= len(last) || !slices.Equal(h.Verb[:i+1], last[:i+1]) {
				dst = fmt.Appendf(dst, "%s%s:\n", strings.Repeat("  ", i), name)
			}
		}
		last = h.Verb
		value := quoted(h.Value)
		if h.List {
			value = "[" + h.Value + "]"
		}
		line := fmt.Sprintf("%s%s: %s", strings.Repeat("  ", len(h.Verb)), h.Name, value)
		if h.Value == "" { // nothing holds: a note, no setting
			line = fmt.Sprintf("%s# %s:", strings.Repeat("  ", len(h.Verb)), h.Name)
		}
		dst = fmt.Appendf(dst, "%-48s # %s\n", line, h.From)
	}
	return dst
}

// quoted writes a value so that it is read back as it is.
func quoted(v string) string {
	if strings.ContainsAny(v, ":#{}[]&*!|>'\"%@`,\n") || strings.TrimSpace(v) != v {
		return "'" + strings.ReplaceAll(v, "'", "''") + "'"
	}
	return v
}

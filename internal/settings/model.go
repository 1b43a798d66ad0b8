package settings

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// below gives the verb with a name, or nil.
func below(n *kong.Node, verb []string) *kong.Node {
	for _, name := range verb {
		i := slices.IndexFunc(n.Children, func(c *kong.Node) bool { return c.Name == name && c.Type == kong.CommandNode })
		if i < 0 {
			return nil
		}
		n = n.Children[i]
	}
	return n
}

// verbOf gives the name of a verb.
func verbOf(n *kong.Node) (verb []string) {
	for ; n != nil && n.Type == kong.CommandNode; n = n.Parent {
		verb = append(verb, n.Name)
	}
	slices.Reverse(verb)
	return verb
}

// each visits a verb and all below it.
func each(n *kong.Node, visit func(*kong.Node)) {
	visit(n)
	for _, c := range n.Children {
		each(c, visit)
	}
}

// settable reports whether a flag is a setting: asking for help or for the file of the
// settings is none.
func settable(f *kong.Flag) bool { return f.Name != "help" && f.Name != "config" && !f.Hidden }

// flagsOf gives the flags with a name of a verb and of those below it.
func flagsOf(n *kong.Node, name string) (flags []*kong.Flag) {
	each(n, func(n *kong.Node) {
		for _, f := range n.Flags {
			if f.Name == name && settable(f) {
				flags = append(flags, f)
			}
		}
	})
	return flags
}

// names gives the names of all settings of a verb and of those below it.
func names(n *kong.Node) (list []string) {
	each(n, func(n *kong.Node) {
		for _, f := range n.Flags {
			if settable(f) {
				list = append(list, f.Name)
			}
		}
	})
	return list
}

func verbs(n *kong.Node) (list []string) {
	for _, c := range n.Children {
		list = append(list, c.Name)
	}
	return list
}

// given gives values in the form in which the command line takes them.
func given(flag *kong.Flag, values []string) any {
	if flag.IsSlice() {
		list := make([]any, len(values))
		for i, v := range values {
			list[i] = v
		}
		return list
	}
	return strings.Join(values, ",")
}

// fits says what is wrong with the values of a flag.
func fits(flag *kong.Flag, values []string) error {
	if len(values) != 1 && !flag.IsSlice() {
		return fmt.Errorf("want one value, not %d", len(values))
	}
	spare := reflect.New(flag.Target.Type()).Elem()
	if err := flag.Parse(kong.Scan().PushTyped(given(flag, values), kong.FlagValueToken), spare); err != nil {
		return err
	}
	if flag.Enum != "" && !slices.Contains(flag.EnumSlice(), fmt.Sprint(spare.Interface())) {
		return fmt.Errorf("%q is none of %s", values[0], strings.Join(flag.EnumSlice(), ", "))
	}
	return nil
}

// nearest asks whether a name like it was meant.
func nearest(name string, among []string) string {
	best, least := "", 3
	for _, x := range among {
		if d := distance(name, x); d < least {
			best, least = x, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; is it %q?", best)
}

// distance is how many letters must be put in, taken out or exchanged to make b of a
// (Levenshtein 1965).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			next := min(row[j], row[j+1]) + 1
			if a[i] == b[j] {
				next = min(next, diagonal)
			} else {
				next = min(next, diagonal+1)
			}
			diagonal, row[j+1] = row[j+1], next
		}
	}
	return row[len(b)]
}

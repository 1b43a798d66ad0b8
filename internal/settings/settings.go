// Package settings reads the settings of a command out of a file, and says of each where
// it comes from. It knows how such a file is written and what goes before what: flags,
// the environment, the file, what holds where nobody says. What a setting does it must
// not know; which there are, the command line tells.
package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v3"
)

// Setting is one setting as it stands in a file.
type Setting struct {
	Verb   []string // the verb it is for, as "source add"; empty: every verb that has it
	Name   string   // the flag without its dashes
	Values []string // one, or those of a list
	Line   int
}

// File is a file of settings. The zero File has none.
type File struct {
	Name     string
	Settings []Setting
}

// limit bounds a file of settings, in bytes.
const limit = 1 << 20

// Read reads a file of settings: YAML of this form, in which a verb has its own section.
//
//	library: /var/lib/isnad
//	serve:
//	  listen: 127.0.0.1:8040
//	  host: [desk.example, news.example]
func Read(name string) (*File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read the settings: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && len(b) > limit {
		err = fmt.Errorf("it has more than %d bytes", limit)
	}
	if err != nil {
		return nil, fmt.Errorf("read the settings in %s: %w", name, err)
	}
	return parse(name, b)
}

// First reads the first of some files that is there; none is no error.
func First(names ...string) (*File, error) {
	for _, name := range names {
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		return Read(name)
	}
	return &File{}, nil
}

func parse(name string, b []byte) (*File, error) {
	f := &File{Name: name}
	d := yaml.NewDecoder(bytes.NewReader(b))
	var doc yaml.Node
	if err := d.Decode(&doc); errors.Is(err, io.EOF) {
		return f, nil
	} else if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: there is more than one document in it", name)
	}
	if len(doc.Content) != 1 {
		return f, nil
	}
	return f, f.section(nil, doc.Content[0])
}

// deepest is how many sections may lie in one another.
const deepest = 8

// section reads the settings of one verb, and of those below it.
func (f *File) section(verb []string, n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return nil
	}
	if n.Kind != yaml.MappingNode || len(verb) > deepest {
		return f.wrong(n.Line, "want settings, as «listen: 127.0.0.1:8040»")
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if k.Kind != yaml.ScalarNode || seen[k.Value] {
			return f.wrong(k.Line, "%q stands there a second time, or is no name", k.Value)
		}
		seen[k.Value] = true
		if v.Kind == yaml.MappingNode || v.Kind == yaml.ScalarNode && v.Tag == "!!null" && v.Value == "" {
			if err := f.section(append(slices.Clone(verb), k.Value), v); err != nil {
				return err
			}
			continue
		}
		values, err := f.values(v)
		if err != nil {
			return err
		}
		f.Settings = append(f.Settings, Setting{verb, k.Value, values, k.Line})
	}
	return nil
}

// values gives a value, or those of a list, as they are written.
func (f *File) values(n *yaml.Node) ([]string, error) {
	switch n.Kind {
	case yaml.ScalarNode:
		return []string{n.Value}, nil
	case yaml.SequenceNode:
		list := []string{}
		for _, x := range n.Content {
			if x.Kind != yaml.ScalarNode {
				return nil, f.wrong(x.Line, "want a plain value in a list")
			}
			list = append(list, x.Value)
		}
		return list, nil
	}
	return nil, f.wrong(n.Line, "want a plain value or a list of them")
}

func (f *File) wrong(line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", f.Name, line, fmt.Sprintf(format, args...))
}

// Find gives a setting of a verb: the one in the section closest to it.
func (f *File) Find(verb []string, name string) (Setting, bool) {
	for n := len(verb); n >= 0; n-- {
		for _, s := range f.Settings {
			if s.Name == name && slices.Equal(s.Verb, verb[:n]) {
				return s, true
			}
		}
	}
	return Setting{}, false
}

// Check finds settings that no verb has, and values that cannot be what they are for. It
// tells all of them at once.
func (f *File) Check(app *kong.Application) error {
	var faults []error
	for _, s := range f.Settings {
		n := below(app.Node, s.Verb)
		if n == nil {
			faults = append(faults, f.wrong(s.Line, "unknown section %q%s", strings.Join(s.Verb, " "), nearest(s.Verb[0], verbs(app.Node))))
			continue
		}
		flags := flagsOf(n, s.Name)
		if len(flags) == 0 {
			of := strings.Join(s.Verb, " ")
			if of != "" {
				of = " of " + of
			}
			faults = append(faults, f.wrong(s.Line, "unknown setting %q%s%s", s.Name, of, nearest(s.Name, names(n))))
			continue
		}
		if err := fits(flags[0], s.Values); err != nil {
			faults = append(faults, f.wrong(s.Line, "%s: %v", s.Name, err))
		}
	}
	return errors.Join(faults...)
}

// Validate does nothing: Check did.
func (f *File) Validate(*kong.Application) error { return nil }

// Resolve gives a flag that stands nowhere on the command line its value, unless the
// environment does.
func (f *File) Resolve(_ *kong.Context, parent *kong.Path, flag *kong.Flag) (any, error) {
	if _, ok := fromEnvironment(flag); ok {
		return nil, nil
	}
	s, ok := f.Find(verbOf(parent.Node()), flag.Name)
	if !ok {
		return nil, nil
	}
	return given(flag, s.Values), nil
}

// fromEnvironment gives the variable that sets a flag.
func fromEnvironment(flag *kong.Flag) (string, bool) {
	for _, name := range flag.Envs {
		if _, ok := os.LookupEnv(name); ok {
			return name, true
		}
	}
	return "", false
}

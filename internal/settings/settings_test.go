package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
)

// command is a command line like that of the program.
type command struct {
	Library string `default:"/home/lib"`
	Serve   struct {
		Listen string        `default:"127.0.0.1:8040"`
		Host   []string      ``
		Watch  bool          ``
		Wait   time.Duration `default:"1s"`
		Log    string        `enum:"text,json" default:"text"`
		Token  string        `secret:""`
	} `cmd:""`
	Source struct {
		Add struct {
			Wait time.Duration `default:"1s"`
		} `cmd:""`
	} `cmd:""`
}

func parsed(t *testing.T, file string, args ...string) (command, *File, *kong.Application, error) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "isnad.yaml")
	if err := os.WriteFile(name, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Read(name)
	if err != nil {
		return command{}, nil, nil, err
	}
	var c command
	k, err := kong.New(&c, kong.DefaultEnvars("ISNAD_TEST"), kong.Resolvers(f), kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Check(k.Model); err != nil {
		return c, f, k.Model, err
	}
	_, err = k.Parse(args)
	return c, f, k.Model, err
}

const sample = `
# what the desk does
library: /srv/lib
wait: 3s
serve:
  listen: "[::1]:9000"
  host: [a.example, b.example]
  watch: yes
  log: json
  token: hunter2
source:
  add:
    wait: 7s
`

// TestPrecedence holds the one order: flags, environment, file, defaults.
func TestPrecedence(t *testing.T) {
	c, _, _, err := parsed(t, sample, "serve")
	if err != nil || c.Library != "/srv/lib" || c.Serve.Listen != "[::1]:9000" || strings.Join(c.Serve.Host, " ") != "a.example b.example" || !c.Serve.Watch || c.Serve.Wait != 3*time.Second || c.Serve.Log != "json" {
		t.Errorf("file before default: %+v, %v", c, err)
	}
	if c, _, _, err = parsed(t, sample, "source", "add"); err != nil || c.Source.Add.Wait != 7*time.Second {
		t.Errorf("the closest section: %+v, %v", c, err)
	}
	t.Setenv("ISNAD_TEST_LISTEN", "127.0.0.1:1")
	t.Setenv("ISNAD_TEST_WATCH", "false")
	if c, _, _, err = parsed(t, sample, "serve"); err != nil || c.Serve.Listen != "127.0.0.1:1" || c.Serve.Watch {
		t.Errorf("environment before file: %+v, %v", c, err)
	}
	if c, _, _, err = parsed(t, sample, "serve", "--listen", "127.0.0.1:2", "--host", "c.example"); err != nil || c.Serve.Listen != "127.0.0.1:2" || strings.Join(c.Serve.Host, " ") != "c.example" {
		t.Errorf("flags before all: %+v, %v", c, err)
	}
	if c, _, _, err = parsed(t, "", "serve"); err != nil || c.Library != "/home/lib" {
		t.Errorf("an empty file: %+v, %v", c, err)
	}
}

// TestWrong holds that what is wrong in a file is named with its line, all of it at once.
func TestWrong(t *testing.T) {
	for file, want := range map[string][]string{
		"serve:\n  lisen: x\n":                     {`isnad.yaml:2: unknown setting "lisen" of serve; is it "listen"?`},
		"\nlibary: x\nserve:\n  wait: soon\n":      {`isnad.yaml:2: unknown setting "libary"`, `isnad.yaml:4: wait:`},
		"sreve:\n  listen: x\n":                    {`isnad.yaml:2: unknown section "sreve"; is it "serve"?`},
		"serve:\n  log: xml\n":                     {`isnad.yaml:2: log: "xml" is none of text, json`},
		"serve:\n  listen: [a, b]\n":               {`isnad.yaml:2: listen: want one value`},
		"serve:\n  watch: maybe\n":                 {`isnad.yaml:2: watch:`},
		"serve: 7\n":                               {`isnad.yaml:1: unknown setting "serve"`},
		"library: a\nlibrary: b\n":                 {`isnad.yaml:2: "library" stands there a second time`},
		"- a\n":                                    {`isnad.yaml:1: want settings`},
		"library: {a: [b, {c: d}]}\n":              {`isnad.yaml:1: want a plain value`},
		"library: \"a\n":                           {"isnad.yaml"},
		"help: true\n":                             {`unknown setting "help"`},
		"a: &a [x]\nlibrary: *a\n":                 {`isnad.yaml:2: want a plain value`},
		"--- \nlibrary: a\n---\nlibrary: b\n":      {"more than one document"},
		strings.Repeat("a:\n ", 1) + "b: &b {c: 1": {"isnad.yaml"},
	} {
		_, _, _, err := parsed(t, file, "serve")
		for _, w := range want {
			if err == nil || !strings.Contains(err.Error(), w) {
				t.Errorf("%q: %v, want %s", file, err, w)
			}
		}
	}
	if _, err := Read(filepath.Join(t.TempDir(), "none.yaml")); err == nil || !strings.Contains(err.Error(), "none.yaml") {
		t.Error(err)
	}
	if f, err := First(filepath.Join(t.TempDir(), "none.yaml")); err != nil || len(f.Settings) != 0 {
		t.Error(f, err)
	}
}

// TestHolding holds that what is shown says where it comes from, hides secrets, and is a
// file of settings itself.
func TestHolding(t *testing.T) {
	t.Setenv("ISNAD_TEST_LOG", "text")
	_, f, app, err := parsed(t, sample+"\n", "serve")
	if err != nil {
		t.Fatal(err)
	}
	all, err := f.Holding(app, nil)
	if err != nil {
		t.Fatal(err)
	}
	text := string(Append(nil, all))
	for _, w := range []string{"library: /srv/lib", "# " + f.Name + ":3", "serve:\n", "  listen: '[::1]:9000'", "  host: [a.example, b.example]", "  token: '****'", "  log: text", "# environment ISNAD_TEST_LOG", "source:\n  add:\n    wait: 7s"} {
		if !strings.Contains(text, w) {
			t.Errorf("no %q in\n%s", w, text)
		}
	}
	if strings.Contains(text, "hunter2") {
		t.Error("a secret is shown")
	}
	again, err := parse("again", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Check(app); err != nil {
		t.Error(err)
	}
	for value, want := range map[string]string{"postgres://u:p@h/d": "postgres://u:****@h/d", "postgres://h/d": "postgres://h/d", "/srv/lib": "/srv/lib", "": "", "postgres://u:p%zz@h": "****"} {
		if got := masked(&kong.Flag{Value: &kong.Value{Tag: &kong.Tag{}}}, value); got != want {
			t.Errorf("%s is shown as %s", value, got)
		}
	}
	if _, err := f.Holding(app, []string{"none"}); err == nil {
		t.Error("an unknown verb is shown")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sample)
	f.Add("a: {b: {c: [d, e]}}")
	f.Add("&a a: *a")
	f.Fuzz(func(t *testing.T, text string) {
		file, err := parse("fuzz", []byte(text))
		if err != nil {
			return
		}
		for _, s := range file.Settings {
			if s.Line < 1 || len(s.Verb) > deepest+1 {
				t.Errorf("%+v", s)
			}
		}
	})
}

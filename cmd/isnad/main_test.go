package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/charmap"
)

func TestMain(m *testing.M) {
	if os.Getenv("ISNAD_MAIN") != "" { // this test binary stands in for the command
		main()
	}
	testscript.Main(m, map[string]func(){"isnad": main})
}

// TestScript runs the command lines of testdata/script.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"encode": encode,
			"long":   long,
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("NO_COLOR", "1")
			return nil
		},
	})
}

// encode writes a file again in another encoding: encode utf-16le FROM TO.
func encode(ts *testscript.TestScript, _ bool, args []string) {
	from := ts.ReadFile(args[1])
	var out []byte
	switch args[0] {
	case "utf-8-bom":
		out = []byte("\xef\xbb\xbf" + from)
	case "utf-16le", "utf-16be", "utf-16le-bare":
		units := utf16.Encode([]rune(from))
		if args[0] != "utf-16le-bare" {
			units = append([]uint16{0xfeff}, units...)
		}
		for _, u := range units {
			if args[0] == "utf-16be" {
				out = append(out, byte(u>>8), byte(u))
			} else {
				out = append(out, byte(u), byte(u>>8))
			}
		}
	case "windows-1256":
		s, err := charmap.Windows1256.NewEncoder().String(from)
		ts.Check(err)
		out = []byte(s)
	case "broken":
		out = []byte(strings.Replace(from, " ", " \xff\xfe ", 1))
	case "binary":
		out = append([]byte("\x7fELF\x00\x01\x02\x00\x00"), from...)
	default:
		ts.Fatalf("encode: unknown encoding %s", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), out, 0o644))
}

// long writes a file whose second line of three is a hundred megabytes: long FROM TO.
func long(ts *testscript.TestScript, _ bool, args []string) {
	line := ts.ReadFile(args[0])
	f, err := os.Create(filepath.Clean(ts.MkAbs(args[1])))
	ts.Check(err)
	_, err = f.WriteString(line + `{"text":"`)
	ts.Check(err)
	block := strings.Repeat("كلام ", 1<<17)
	for n := 0; n < 100<<20; n += len(block) {
		_, err = f.WriteString(block)
		ts.Check(err)
	}
	_, err = f.WriteString("\"}\n" + line)
	ts.Check(err)
	ts.Check(f.Close())
}

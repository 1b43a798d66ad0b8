package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/isnad-project/isnad/internal/settings"
)

type configVerb struct {
	Verb []string `arg:"" optional:"" help:"Of this verb only."`
}

// Run prints the settings that hold and where each comes from, in the form of a file of
// settings.
func (v *configVerb) Run(w world) error {
	all, err := w.settings.Holding(w.model, v.Verb)
	if err != nil {
		return err
	}
	from := "There is no file of settings; one would be looked for at " + strings.Join(places(), ", ")
	if w.settings.Name != "" {
		from = "The file is " + w.settings.Name
	}
	fmt.Fprintf(w.out, "# Flags go before the environment, that before the file, that before what is the default.\n# %s.\n", from)
	_, err = w.out.Write(settings.Append(nil, all))
	return err
}

// places are where a file of settings is looked for: the user's own, then the machine's.
func places() (list []string) {
	if dir, err := os.UserConfigDir(); err == nil {
		list = append(list, filepath.Join(dir, "isnad", "isnad.yaml"))
	}
	return append(list, "/etc/isnad/isnad.yaml")
}

// configured gives the file of settings that a command line or the environment names, or
// the first that is there.
func configured(args []string) (*settings.File, error) {
	name := os.Getenv("ISNAD_CONFIG")
	for i, a := range args {
		if a == "--" {
			break
		}
		if rest, ok := strings.CutPrefix(a, "--config="); ok {
			name = rest
		} else if a == "--config" && i+1 < len(args) {
			name = args[i+1]
		}
	}
	if name != "" {
		return settings.Read(name)
	}
	return settings.First(places()...)
}

// help gives a flag's help without the variable that sets it: every flag has one.
func help(v *kong.Value) string { return v.Help }

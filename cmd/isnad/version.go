package main

import (
	"fmt"
	"runtime"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/reader"
)

type versionVerb struct{}

// Run prints the versions that decide what a record holds.
func (versionVerb) Run(w world) error {
	_, err := fmt.Fprintf(w.out, "isnad %s (%s, %s %s/%s)\n", reader.Version, isnad.Format, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

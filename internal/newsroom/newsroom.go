// Package newsroom is the sample newsroom: four small outlets of our own that tell of
// the same days, copy an agency's text and differ on numbers. It shows what Isnad does on
// a machine that has nothing yet.
package newsroom

import (
	"embed"
	"io/fs"

	"github.com/isnad-project/isnad/internal/testsite"
)

//go:embed outlets
var files embed.FS

// Open starts the outlets on this machine; Close of the site ends them.
func Open() (*testsite.Site, error) {
	root, err := fs.Sub(files, "outlets")
	if err != nil {
		return nil, err
	}
	outlets, err := testsite.Load(root)
	if err != nil {
		return nil, err
	}
	return testsite.New(outlets...)
}

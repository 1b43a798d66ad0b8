// Package docs holds the pages of the project that its program shows: the figures of its
// quality. It knows nothing of how they are made or shown.
package docs

import _ "embed"

// Quality is quality.md, as `make quality` writes it.
//
//go:embed quality.md
var Quality string

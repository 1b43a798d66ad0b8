package main

import (
	"cmp"
	"io"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/pour"
)

// input is one article as it came, or why it did not.
type input struct {
	article isnad.Article
	where   string // file, file:line or file@offset
	doubt   string // what was mended in reading it
	err     error
}

// source opens and reads the files of a command line.
type source struct {
	stdin io.Reader
	from  pour.Kind
	given isnad.Article // what the command line says of every article

	lexicon *lex.Lexicon
}

// each gives the articles of the files in order to yield, until it returns false.
func (s source) each(files []string, yield func(input) bool) {
	for it := range pour.Walk(pour.Options{Paths: files, Kind: s.from, Stdin: s.stdin}) {
		if !yield(s.input(&it)) {
			return
		}
	}
}

// input makes an article of an item. What a line says of itself stands before what the
// command line says of all; of a whole file, what the command line says.
func (s source) input(it *pour.Item) input {
	in := input{where: it.Position.Shown()}
	var a isnad.Article
	if a, in.doubt, in.err = it.Article(s.lexicon); in.err != nil {
		return in
	}
	if in.article = fill(s.given, a); it.Position.Line > 0 {
		in.article = fill(a, in.article)
	}
	return in
}

// fill gives a with the title, outlet and day of given where those are known.
func fill(given, a isnad.Article) isnad.Article {
	a.Title, a.Outlet, a.Published = cmp.Or(given.Title, a.Title), cmp.Or(given.Outlet, a.Outlet), cmp.Or(given.Published, a.Published)
	return a
}

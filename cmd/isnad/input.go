package main

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/intake/jsonl"
	"github.com/isnad-project/isnad/internal/intake/page"
	"github.com/isnad-project/isnad/internal/intake/text"
	"github.com/isnad-project/isnad/internal/lex"
)

// input is one article as it came, or why it did not.
type input struct {
	article isnad.Article
	where   string // file, or file:line
	doubt   string // what was mended in reading it
	err     error
}

// form is a form of input.
type form string

// The forms; an empty form is found out by name and content.
const (
	plain form = "text"
	html  form = "html"
	lines form = "jsonl"
)

// source opens and reads the files of a command line.
type source struct {
	stdin io.Reader
	from  form
	given isnad.Article // what the command line says of every article

	lexicon *lex.Lexicon
}

// each gives the articles of the files in order to yield, until it returns false.
func (s source) each(files []string, yield func(input) bool) {
	for _, f := range files {
		if !s.file(f, yield) {
			return
		}
	}
}

func (s source) file(name string, yield func(input) bool) bool {
	in, where := s.stdin, "standard input"
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return yield(input{where: name, err: cause(err)})
		}
		defer f.Close()
		in, where = f, name
	}
	b := bufio.NewReaderSize(in, 1<<16)
	from, err := s.form(name, b)
	if err != nil {
		return yield(input{where: where, err: cause(err)})
	}
	if from == lines {
		return s.lines(b, where, yield)
	}
	return yield(s.whole(b, from, where))
}

// cause is the error without the name of the file, which stands before it already.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// form finds out the form of a file that the command line does not say: by its name's
// ending, else by its first bytes.
func (s source) form(name string, b *bufio.Reader) (form, error) {
	if s.from != "" {
		return s.from, nil
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".jsonl", ".ndjson":
		return lines, nil
	case ".html", ".htm", ".xhtml":
		return html, nil
	}
	head, err := b.Peek(1 << 12)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return sniff(head), nil
}

func sniff(head []byte) form {
	head = bytes.ToLower(bytes.TrimLeft(head, "\xef\xbb\xbf \t\r\n"))
	if bytes.HasPrefix(head, []byte(`{"`)) {
		return lines
	}
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<!--", "<meta", "<article", "<div", "<p>", "<p "} {
		if bytes.HasPrefix(head, []byte(tag)) {
			return html
		}
	}
	return plain
}

// whole reads a file that is one article.
func (s source) whole(in io.Reader, from form, where string) input {
	b, err := io.ReadAll(io.LimitReader(in, jsonl.Limit+1))
	switch {
	case err != nil:
		return input{where: where, err: cause(err)}
	case len(b) > jsonl.Limit:
		return input{where: where, err: fmt.Errorf("larger than %d MiB: no article is; if it holds one article a line, say --from jsonl", jsonl.Limit>>20)}
	case len(bytes.TrimSpace(b)) == 0:
		return input{where: where, err: errors.New("empty: there is no text to read")}
	}
	var a isnad.Article
	doubt := ""
	if from == html {
		a, doubt, err = page.Parse(b, s.lexicon)
	} else {
		a, err = text.Parse(b)
	}
	if err == nil && strings.TrimSpace(a.Text) == "" {
		err = errors.New("there is no text to read in it")
	}
	return input{fill(s.given, a), where, doubt, err}
}

// fill gives a with the title, outlet and day of given where those are known.
func fill(given, a isnad.Article) isnad.Article {
	a.Title, a.Outlet, a.Published = cmp.Or(given.Title, a.Title), cmp.Or(given.Outlet, a.Outlet), cmp.Or(given.Published, a.Published)
	return a
}

// lines reads a file of one article a line. What a line says of itself stands before
// what the command line says of all.
func (s source) lines(in io.Reader, where string, yield func(input) bool) bool {
	r := jsonl.NewReader(in)
	for {
		l, err := r.Next()
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil {
			return yield(input{where: where, err: cause(err)})
		}
		if !yield(input{fill(l.Article, fill(s.given, l.Article)), fmt.Sprintf("%s:%d", where, l.Number), l.Doubt, l.Err}) {
			return false
		}
	}
}

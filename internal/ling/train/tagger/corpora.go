package main

import (
	"path/filepath"

	"github.com/isnad-project/isnad/internal/ling/train/corpus"
)

// corpora are the marked texts for training, a domain each, the news first, and those held out.
type corpora struct {
	domains            [][]corpus.Text
	newsHeld, wikiHeld []corpus.Text
}

func readCorpora(dir string) (corpora, error) {
	var c corpora
	news, err := corpus.ReadTagged(filepath.Join(dir, "anercorp_train.txt"))
	if err != nil {
		return c, err
	}
	cut := len(news) * 5 / 6
	c.newsHeld = texts(news[cut:])
	wiki, err := readParts(corpus.ReadTagged, filepath.Join(dir, "aqmar"), "ar.train", "ar.testa")
	if err != nil {
		return c, err
	}
	nested, err := readParts(corpus.ReadNested, filepath.Join(dir, "wojood_sample"), "train.txt", "val.txt", "test.txt")
	if err != nil {
		return c, err
	}
	c.domains = [][]corpus.Text{texts(news[:cut]), texts(wiki), texts(nested)}
	held, err := corpus.ReadTagged(filepath.Join(dir, "aqmar", "ar.testb"))
	c.wikiHeld = texts(held)
	return c, err
}

func readParts(read func(string) ([]corpus.Tagged, error), dir string, parts ...string) ([]corpus.Tagged, error) {
	var all []corpus.Tagged
	for _, part := range parts {
		list, err := read(filepath.Join(dir, part))
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

// together is how many neighbouring sentences are read as one article.
const together = 12

func texts(list []corpus.Tagged) []corpus.Text {
	var out []corpus.Text
	for len(list) > 0 {
		n := min(together, len(list))
		out = append(out, corpus.Join(list[:n]))
		list = list[n:]
	}
	return out
}

//go:build unix

// Command bench measures a whole reading: speed on one core, allocations and the share of
// each stage; what a second core adds; the time from start to the first record; peak
// memory while ten thousand articles are streamed; and how time grows on text made to be
// slow on. It reads the articles of samples/, so anyone can run it, and real news where
// that is at hand. It ends with status 1 when a measure misses its bound.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/intake/text"
	"github.com/isnad-project/isnad/reader"
)

// The bounds that the measures must keep.
const (
	wordsWanted = 250_000                // words of news a second of processor time, at least
	hardWanted  = 150_000                // words of samples/, which have a hard case in every sentence
	scaleWanted = 1.8                    // two cores against one, at least
	startBound  = 400 * time.Millisecond // from start to the first record, at most
	memoryBound = 200                    // MiB at most
	growthBound = 12.                    // time for four times the text, at most, in times of the text's
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run() error {
	articles, err := samples("samples")
	if err != nil {
		return err
	}
	r, err := reader.New()
	if err != nil {
		return err
	}
	fmt.Printf("%s %s/%s, %d cores, %d articles of samples/, %d words\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), len(articles), words(articles))
	missed := speed("samples/", hardWanted, r, articles)
	many := articles
	if unmarked := news(); len(unmarked) > 0 {
		missed = append(missed, speed(newsFile, wordsWanted, r, unmarked)...)
		many = unmarked
	}
	stages(r, many)
	missed = append(missed, scale(r, many)...)
	binary, remove, err := build()
	if err != nil {
		return err
	}
	defer remove()
	started, err := start(binary)
	if err != nil {
		return err
	}
	streamed, err := memory(binary, many)
	if err != nil {
		return err
	}
	missed = append(append(missed, started...), streamed...)
	missed = append(missed, growth(r, articles)...)
	if len(missed) > 0 {
		return fmt.Errorf("out of bounds: %s", strings.Join(missed, "; "))
	}
	return nil
}

// published is the day that undated samples are read by.
const published = "2021-07-27"

// samples reads the articles of a folder.
func samples(folder string) ([]isnad.Article, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no articles in %s: run it from the root of the project", folder)
	}
	articles := make([]isnad.Article, 0, len(files))
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		a, err := text.Parse(b)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
		a.ID, a.Published = filepath.Base(f), published
		articles = append(articles, a)
	}
	return articles, nil
}

// words counts the words of the texts.
func words(articles []isnad.Article) (n int) {
	for _, a := range articles {
		n += len(strings.Fields(a.Text))
	}
	return n
}

//go:build unix

package main

import (
	"context"
	"fmt"

	"github.com/isnad-project/isnad/bench/press"
	"github.com/isnad-project/isnad/internal/store/sqlite"
)

// search measures how fast a library answers.
func search(ctx context.Context, dir string, c *press.Corpus) (missed []string, err error) {
	lib, err := sqlite.Open(ctx, dir, sqlite.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer lib.Close()
	median, slow, err := press.Search(ctx, lib, c)
	if median > medianBound {
		missed = append(missed, fmt.Sprintf("the median search takes %.1f ms, bound %.0f", median, medianBound))
	}
	if slow > slowestBound {
		missed = append(missed, fmt.Sprintf("the slowest search in a hundred takes %.1f ms, bound %.0f", slow, slowestBound))
	}
	return missed, err
}

//go:build unix

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"

	"github.com/isnad-project/isnad"
)

// newsFile is real unmarked news, where it is at hand.
const newsFile = "../shared/data/news/ant.jsonl.xz"

// unmarked is how many articles of it are read.
const unmarked = 2_000

// news gives real articles, or none and says why: they are no part of the project.
func news() []isnad.Article {
	if _, err := os.Stat(newsFile); err != nil {
		fmt.Printf("%s is not here: measured on samples/ alone\n", newsFile)
		return nil
	}
	cmd := exec.Command("xz", "-dc", newsFile)
	out, err := cmd.StdoutPipe()
	if err != nil || cmd.Start() != nil {
		fmt.Println("xz is not here: measured on samples/ alone")
		return nil
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	in := bufio.NewScanner(out)
	in.Buffer(nil, 1<<24)
	var articles []isnad.Article
	for len(articles) < unmarked && in.Scan() {
		var a struct{ ID, Title, Date, Abstract, Text string }
		if json.Unmarshal(in.Bytes(), &a) == nil && len(a.Date) >= 10 {
			articles = append(articles, isnad.Article{ID: a.ID, Title: a.Title, Published: a.Date[:10], Text: a.Abstract + "\n\n" + a.Text})
		}
	}
	return articles
}

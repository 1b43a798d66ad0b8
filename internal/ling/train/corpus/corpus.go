// Package corpus reads the training data: dated news articles and sentences with name tags.
package corpus

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"

	"github.com/isnad-project/isnad/internal/script"
)

// An Article is one row of the news corpus.
type Article struct {
	ID, Source, Date, Title, Text string
}

// Articles calls yield for every article of an xz-compressed JSON Lines file; it needs the xz program.
func Articles(path string, yield func(Article)) error {
	cmd := exec.Command("xz", "-dc", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	d := json.NewDecoder(bufio.NewReaderSize(out, 1<<20))
	for {
		var a Article
		err := d.Decode(&a)
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		yield(a)
	}
	return cmd.Wait()
}

// Words yields the runs of Arabic letters of a text, folded.
func Words(text string, yield func(string)) {
	var f script.Folder
	folded := f.View(text).Text
	start := -1
	for i, r := range folded {
		switch letter := script.IsArabic(r); {
		case letter && start < 0:
			start = i
		case !letter && start >= 0:
			yield(folded[start:i])
			start = -1
		}
	}
	if start >= 0 {
		yield(folded[start:])
	}
}

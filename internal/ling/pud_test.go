package ling

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"github.com/isnad-project/isnad/internal/lex"
)

// treebank is the Parallel Universal Dependencies treebank of Arabic, where it is at hand.
const treebank = "../../../shared/data/segmentation/ar_pud-ud-test.conllu"

// TestTreebank measures how often exactly the right proclitics are taken off a word.
func TestTreebank(t *testing.T) {
	words, err := readTreebank(treebank)
	if err != nil {
		t.Skip("no treebank:", err)
	}
	a := analyzer(t)
	right, open, openRight := 0, 0, 0
	for _, w := range words {
		d := a.Analyze(w.surface)
		if len(d.Tokens) == 0 {
			continue
		}
		hit := proclitics(&d.Tokens[0]) == w.proclitics
		if hit {
			right++
		}
		if !d.Tokens[0].Is(^lex.Adverb) { // the lexicon keeps «به» and «بأن» whole on purpose
			open++
			if hit {
				openRight++
			}
		}
	}
	share := float64(right) / float64(len(words))
	t.Logf("figure: exactly the right proclitics, PUD treebank: %.3f of %d words; %.3f of the %d that are no function words", share, len(words), float64(openRight)/float64(open), open)
	if share < 0.97 {
		t.Errorf("%.3f of the words right, want 0.97", share)
	}
}

func proclitics(t *Token) string {
	var b strings.Builder
	for letter, taken := range map[byte]bool{'w': t.Conj == 'w', 'f': t.Conj == 'f'} {
		if taken {
			b.WriteByte(letter)
		}
	}
	if t.Prep != 0 {
		b.WriteByte(t.Prep)
	}
	if t.Fut {
		b.WriteByte('s')
	}
	return b.String()
}

type treebankWord struct{ surface, proclitics string }

// readTreebank joins what the treebank parted: tokens without a space between them are
// one word, and single letters before it its proclitics.
func readTreebank(file string) ([]treebankWord, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	letters := map[string]string{"و": "w", "ف": "f", "ب": "b", "ل": "l", "ك": "k", "س": "s"}
	var out []treebankWord
	var w treebankWord
	begun := false // a part that is no proclitic has come
	end := func() {
		if begun {
			out = append(out, w)
		}
		w, begun = treebankWord{}, false
	}
	in := bufio.NewScanner(f)
	for in.Scan() {
		cells := strings.Split(in.Text(), "\t")
		if len(cells) < 10 {
			end()
			continue
		}
		if letter, ok := letters[cells[1]]; ok && !begun {
			w.proclitics += letter
		} else if cells[3] == "PUNCT" || cells[3] == "NUM" || cells[1][0] < 0x80 {
			end()
			continue
		} else {
			begun = true
		}
		w.surface += cells[1]
		if !strings.Contains(cells[9], "SpaceAfter=No") {
			end()
		}
	}
	return out, in.Err()
}

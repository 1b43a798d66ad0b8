// Tagger makes internal/ling/tag/tag.bin, the model of the names tagger, and measures it. The same inputs give the
// same bytes.
//
//	go run ./internal/ling/train/tagger -data ../shared/data -out internal/ling/tag/tag.bin
//
// The last sixth of the ANERcorp training file and AQMAR's test part are measured on, never trained on.
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/tag"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// settings are what a training can be told.
type settings struct {
	data, out   string
	gold        string
	lexicon     string
	epochs, cut int
	rate, decay float64
	least       float64
	others      float64
	drop        float64
	rounds      int
	eager       float64
	model       string
	hide        float64
}

func main() {
	var s settings
	flag.StringVar(&s.data, "data", "../shared/data", "folder of the training data")
	flag.StringVar(&s.out, "out", "internal/ling/tag/tag.bin", "file to write")
	flag.StringVar(&s.lexicon, "lexicon", "", "folder of lexicon tables; empty for the embedded ones")
	flag.IntVar(&s.epochs, "epochs", 5, "rounds over the data")
	flag.IntVar(&s.cut, "cut", 2, "least occurrences of a feature that is kept")
	flag.Float64Var(&s.rate, "rate", 0.03, "AdaGrad's rate")
	flag.Float64Var(&s.decay, "decay", 0, "L2 decay")
	flag.Float64Var(&s.least, "least", 0.04, "features whose weights are all smaller are left out")
	flag.Float64Var(&s.others, "others", 1, "weight of the sentences that are not of ANERcorp")
	flag.Float64Var(&s.drop, "drop", 0, "share of features left out of each token at each visit")
	flag.IntVar(&s.rounds, "habits", 4, "rounds of training for the habits of words; 0 for none")
	flag.StringVar(&s.gold, "gold", "../shared/gold/dev", "folder of marked articles to measure on; empty for none")
	flag.Float64Var(&s.hide, "hide", 3, "occurrences at which half of a word are also trained with its letters hidden; 0 hides none")
	flag.Float64Var(&s.eager, "eager", 0.8, "how much the log weight of moves to O is lowered")
	flag.StringVar(&s.model, "model", "", "model file to measure instead of making one")
	flag.Parse()
	if err := run(s); err != nil {
		log.Fatal(err)
	}
}

func run(s settings) error {
	v, err := vocab.Load()
	if err != nil {
		return err
	}
	l, err := lexicon(s.lexicon)
	if err != nil {
		return err
	}
	analyzer := ling.New(l, v)
	c, err := readCorpora(filepath.Join(s.data, "ner"))
	if err != nil {
		return err
	}
	if s.model != "" {
		file, err := os.ReadFile(s.model)
		if err != nil {
			return err
		}
		m, err := tag.Unpack(file)
		if err != nil {
			return err
		}
		return measureAll(s, m, analyzer, c)
	}
	habits := []tag.Habit(nil)
	if s.rounds > 0 {
		if habits, err = learnHabits(s, analyzer, c); err != nil {
			return err
		}
	}
	first, err := jackknife(s, analyzer, c, habits)
	if err != nil {
		return err
	}
	file, err := learn(s, analyzer, c, habits, first)
	if err != nil {
		return err
	}
	m, err := tag.Unpack(file)
	if err != nil {
		return err
	}
	if err := measureAll(s, m, analyzer, c); err != nil {
		return err
	}
	return os.WriteFile(s.out, file, 0o644)
}

func lexicon(dir string) (*lex.Lexicon, error) {
	if dir == "" {
		return lex.Default()
	}
	return lex.Load(os.DirFS(dir))
}

// Vocab makes internal/ling/vocab/vocab.bin: the word forms of a news corpus with their counts and the parts
// of speech that the CAMeL Morph tables allow them. The same inputs give the same bytes.
//
//	go run ./internal/ling/train/vocab -data ../shared/data -out internal/ling/vocab/vocab.bin
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/isnad-project/isnad/internal/ling/train/camel"
	"github.com/isnad-project/isnad/internal/ling/train/corpus"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

func main() {
	data := flag.String("data", "../shared/data", "folder of the training data")
	out := flag.String("out", "internal/ling/vocab/vocab.bin", "file to write")
	least := flag.Int("least", 3, "least count of a form that is kept")
	classes := flag.Int("classes", 256, "number of word classes; 0 makes none")
	rounds := flag.Int("rounds", 12, "most rounds of exchange between classes")
	flag.Parse()
	if err := run(*data, *out, uint32(*least), *classes, *rounds); err != nil {
		log.Fatal(err)
	}
}

func run(data, out string, least uint32, classes, rounds int) error {
	news := filepath.Join(data, "news/ant.jsonl.xz")
	words, err := count(news, least)
	if err != nil {
		return err
	}
	if err := inflect(filepath.Join(data, "lexicon/camel_morph"), words); err != nil {
		return err
	}
	nouns(words)
	if classes > 0 {
		file, err := vocab.Pack(entries(words))
		if err != nil {
			return err
		}
		v, err := vocab.Unpack(file)
		if err != nil {
			return err
		}
		if err := classify(news, v, words, classes, rounds); err != nil {
			return err
		}
	}
	list := entries(words)
	packed, err := vocab.Pack(list)
	if err != nil {
		return err
	}
	report(list, len(packed))
	return os.WriteFile(out, packed, 0o644)
}

// entries gives the words in code point order.
func entries(words map[string]*vocab.Word) []vocab.Entry {
	forms := make([]string, 0, len(words))
	for f := range words {
		forms = append(forms, f)
	}
	slices.Sort(forms)
	list := make([]vocab.Entry, len(forms))
	for i, f := range forms {
		list[i] = vocab.Entry{Form: f, Word: *words[f]}
	}
	return list
}

func count(path string, least uint32) (map[string]*vocab.Word, error) {
	counts := map[string]uint32{}
	err := corpus.Articles(path, func(a corpus.Article) {
		for _, text := range []string{a.Title, a.Text} {
			corpus.Words(text, func(w string) {
				counts[w]++
			})
		}
	})
	words := map[string]*vocab.Word{}
	for f, n := range counts {
		if n >= least && arabic(f) {
			words[f] = &vocab.Word{Count: n}
		}
	}
	return words, err
}

func arabic(form string) bool {
	n := 0
	for _, r := range form {
		if r < 0x621 || r > 0x64A {
			return false
		}
		n++
	}
	return n <= 20
}

// inflect marks the forms that the tables' verbs, adjectives, proper names and particles can take.
func inflect(dir string, words map[string]*vocab.Word) error {
	verbs, err := camel.ReadGrammar(dir, "MSA-Verb-MORPH.csv", "MSA-Verb-ORDER.csv", func(c string) bool { return c != "[STEM-CV]" })
	if err != nil {
		return err
	}
	for _, v := range []struct {
		file string
		pos  vocab.POS
	}{
		{"MSA-Verb-LEX-PV.csv", vocab.VerbPerfect},
		{"MSA-Verb-LEX-IV.csv", vocab.VerbImperfect},
	} {
		stems, err := camel.ReadStems(dir, v.file)
		if err != nil {
			return err
		}
		mark(words, verbs, append(stems, camel.Passives(stems)...), v.pos)
	}
	return nominals(dir, words)
}

func nominals(dir string, words map[string]*vocab.Word) error {
	grammar, err := camel.ReadGrammar(dir, "MSA-Nom-MORPH.csv", "MSA-Nom-ORDER.csv", func(c string) bool { return c == "[STEM-NOM]" || c == "[STEM-ADJ]" })
	if err != nil {
		return err
	}
	for _, n := range []struct {
		files []string
		pos   vocab.POS
	}{
		{[]string{"MSA-Adj-LEX.csv", "MSA-Adj-Comp-LEX.csv", "MSA-Adj-Num-LEX.csv"}, vocab.Adj},
		{[]string{"MSA-Noun-Num-LEX.csv", "MSA-Noun-Quant-LEX.csv"}, vocab.Noun},
	} {
		stems, err := camel.ReadStems(dir, n.files...)
		if err != nil {
			return err
		}
		mark(words, grammar, stems, n.pos)
	}
	stems, err := camel.ReadStems(dir, "MSA-Noun-Prop-LEX.csv")
	if err != nil {
		return err
	}
	mark(words, grammar.Bare(), stems, vocab.Proper)
	return particles(dir, words)
}

// mark inflects the stems, working out the affixes once for all stems of the same conditions.
func mark(words map[string]*vocab.Word, g *camel.Grammar, stems []camel.Stem, pos vocab.POS) {
	known := map[string][]camel.Affixes{}
	for _, s := range stems {
		key := s.Class + fmt.Sprint(s.Asks, s.Gives)
		list, ok := known[key]
		if !ok {
			list = g.Finish(s)
			known[key] = list
		}
		stem := s.Letters()
		for _, a := range list {
			form := script.Fold(camel.Arabic(a.Before + stem + a.After))
			if w := words[form]; w != nil {
				w.POS |= pos
			}
		}
	}
}

// particles marks the closed classes, prepositions with their pronouns among them.
func particles(dir string, words map[string]*vocab.Word) error {
	grammar, err := camel.ReadGrammar(dir, "MSA-Nom-MORPH.csv", "MSA-Nom-ORDER.csv", func(c string) bool { return c != "[STEM-NOM]" && c != "[STEM-ADJ]" })
	if err != nil {
		return err
	}
	stems, err := camel.ReadStems(dir, "MSA-Other-LEX.csv")
	if err != nil {
		return err
	}
	kinds := map[vocab.POS][]camel.Stem{}
	for _, s := range stems {
		switch {
		case s.POS == "noun_prop":
			kinds[vocab.Proper] = append(kinds[vocab.Proper], s)
		case strings.HasPrefix(s.POS, "noun"):
			kinds[vocab.Noun] = append(kinds[vocab.Noun], s)
		case s.POS != "abbrev":
			kinds[vocab.Particle] = append(kinds[vocab.Particle], s)
		}
	}
	for _, pos := range []vocab.POS{vocab.Proper, vocab.Noun, vocab.Particle} {
		mark(words, grammar, kinds[pos], pos)
	}
	return nil
}

// nouns marks what the corpus itself shows to be a noun: the tables have no common nouns. A form that
// often stands with the article, or that does with another nominal ending, is one.
func nouns(words map[string]*vocab.Word) {
	const article = "Al"
	al := script.Fold(camel.Arabic(article))
	for f, w := range words {
		rest, defined := strings.CutPrefix(f, al)
		if defined && len(rest) >= 4 && definite(words, f, rest) {
			w.POS |= vocab.Noun
		}
		if with := words[al+f]; with != nil && len(f) >= 6 && nominal(w, with) {
			w.POS |= vocab.Noun
		}
	}
	ends := map[string]string{} // ending of a noun in construct or with a suffix, and what stands for it with the article
	for _, e := range [][2]string{{"th", "p"}, {"thA", "p"}, {"thm", "p"}, {"tnA", "p"}, {"h", ""}, {"hA", ""}, {"hm", ""}, {"hmA", ""}, {"A", ""}, {"An", ""}, {"yn", ""}, {"wn", ""}, {"At", "p"}, {"At", ""}, {"tAn", "p"}, {"tyn", "p"}} {
		ends[script.Fold(camel.Arabic(e[0]))+"|"+e[1]] = script.Fold(camel.Arabic(e[1]))
	}
	marked := []string{}
	for f := range words {
		for e, base := range ends {
			stem, ok := strings.CutSuffix(f, e[:strings.Index(e, "|")])
			if !ok || len(stem) < 4 {
				continue
			}
			with := words[al+stem+base]
			bare := words[stem+base]
			if with != nil && with.Count >= 10 && bare != nil && bare.POS&vocab.Noun != 0 {
				marked = append(marked, f)
			}
		}
	}
	for _, f := range marked {
		words[f].POS |= vocab.Noun
	}
}

// nominal reports whether the article stands before a form often enough for it to be a noun; a form known for
// something else needs more of it.
func nominal(w, with *vocab.Word) bool {
	if w.POS&(vocab.Verb|vocab.Particle) == 0 {
		return with.Count >= 3
	}
	return with.Count >= 4 && with.Count*200 >= w.Count
}

// definite reports whether al+rest is rest with the article and not a word that happens to begin so.
func definite(words map[string]*vocab.Word, whole, rest string) bool {
	w := words[rest]
	if w != nil {
		return true
	}
	return words[whole].POS&(vocab.VerbPerfect|vocab.VerbImperfect|vocab.Particle) == 0
}

func report(list []vocab.Entry, size int) {
	tally := map[vocab.POS]int{}
	none := 0
	for _, e := range list {
		for p := vocab.VerbPerfect; p <= vocab.Particle; p <<= 1 {
			if e.POS&p != 0 {
				tally[p]++
			}
		}
		if e.POS == 0 {
			none++
		}
	}
	fmt.Println(len(list), "forms,", size, "bytes, parts of speech", tally, "none", none)
}

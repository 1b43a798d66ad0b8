package story

import (
	"errors"
	"fmt"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// Editor makes sketches of articles and stories of many. It is safe for concurrent use.
type Editor struct {
	lexicon  *lex.Lexicon
	analyzer *ling.Analyzer
	vocab    *vocab.Vocab
	tolls    tolls
	stances  stances
}

// New loads the lexicon and the vocabulary. It fails only when one of them is damaged.
func New() (*Editor, error) {
	l, badLexicon := lex.Default()
	v, badVocab := vocab.Load()
	if err := errors.Join(badLexicon, badVocab); err != nil {
		return nil, fmt.Errorf("stories: %w", err)
	}
	return &Editor{lexicon: l, analyzer: ling.New(l, v), vocab: v, tolls: newTolls(l), stances: newStances(l)}, nil
}

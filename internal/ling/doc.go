// Package ling cuts a text into paragraphs, sentences and tokens, takes clitics off
// words, pairs quotation marks, and marks every word and phrase that the lexicon knows:
// once per article, for all finders. It knows words by their tables, not what a finding
// is.
package ling

import (
	"sync"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// Kind is the kind of a token.
type Kind uint8

// The kinds of tokens.
const (
	Word   Kind = iota // letters; Latin words keep their digits and inner apostrophes
	Number             // digits with inner point or comma: 2,500 or 1.25
	Punct              // one sign, or a run of the same dots or dashes
	Mark               // a quotation mark
)

// Token is a word, number or sign. Offsets are bytes of Doc.Text.
type Token struct {
	Start, End int32
	Body       int32 // after conjunction and preposition, before the س of a verb: a span may begin here
	Kind       Kind
	Maqsura    bool   // written with a final ى: «على», not «علي»
	Tanwin     bool   // written with the mark of tanwin: «روسياً» is the adjective, not the state
	Hamza      Hamza  // the hamza of a first alef, as written
	Fold       string // the whole token, folded
	fold       int32  // where Fold stands in the view
	*Analysis         // of words; shared and read only, empty for other tokens
}

// Hamza is the seat a first alef is written with.
type Hamza uint8

// The seats.
const (
	Bare  Hamza = iota // ا, or no alef
	Above              // أ, آ
	Below              // إ
)

// Analysis is what is known of a folded form by itself.
type Analysis struct {
	Hash uint64 // of form
	form string // the whole folded form

	Conj, Prep byte  // the letters و ف (w, f) and ب ل ك (b, l, k) taken off, or 0
	Fut        bool  // س before an imperfect was taken off
	Def        bool  // Base has the article
	Pron       bool  // a pronoun hangs on the end: Stem and StemWord are without it
	Off        uint8 // bytes of Fold before Base (for «للعراق» those before its second ل)
	Vocab      vocab.Word
	Tables     lex.Mask // of Word, and the nominal ones of StemWord
	Class      lex.Class
	Base       string // without conjunction, preposition and س, with the article
	Stem       string // Base without the article, or without a pronoun
	Word       *lex.Word
	StemWord   *lex.Word // of Stem when Def or Pron

	verb        Verb      // that the form can be
	verbal      bool      // it can be one
	lexicalVerb bool      // the lexicon knows it as a form of a verb
	lexicalNoun bool      // the lexicon knows it as something other than a verb or a function word
	begins      bool      // some phrase begins with one of its words
	bare        string    // the whole form without the longest pronoun it may end on, or ""
	opening     *lex.Word // of the whole form where clitics were taken off it: «بتوقيت غرينتش» is a phrase
}

// bodyOff gives the bytes of Fold before the body. The س of the future stays: without it
// a quotation would say another thing.
func (a *Analysis) bodyOff() int {
	if a.Fut {
		return int(a.Off) - len(script.Sin)
	}
	return int(a.Off)
}

// Opening gives the word of the whole form when clitics were taken off it: a phrase may
// begin with it («بيونغ يانغ»).
func (a *Analysis) Opening() *lex.Word { return a.opening }

// Sense gives the token's first sense of table t.
func (a *Analysis) Sense(t lex.Table) (lex.Sense, bool) {
	if s, ok := a.Word.Sense(t); ok {
		return s, true
	}
	if lex.Nominal.Has(t) {
		return a.StemWord.Sense(t)
	}
	return lex.Sense{}, false
}

// Senses calls f with each sense of table t until f returns false.
func (a *Analysis) Senses(t lex.Table, f func(lex.Sense) bool) {
	if !a.Tables.Has(t) {
		return
	}
	for _, w := range [...]*lex.Word{a.Word, a.StemWord} {
		if w == nil || w == a.StemWord && !lex.Nominal.Has(t) {
			continue
		}
		for _, s := range w.Senses {
			if s.Table == t && !f(s) {
				return
			}
		}
	}
}

// Is reports whether the token is of one of the closed classes c.
func (a *Analysis) Is(c lex.Class) bool { return a.Class&c != 0 }

// Sentence is a stretch of tokens [First, Last). A sentence does not end inside a closed
// pair of quotation marks.
type Sentence struct{ First, Last, Para int }

// Paragraph is a stretch of tokens and of sentences.
type Paragraph struct{ First, Last, FirstSent, LastSent int }

// Quote is a pair of quotation marks by their tokens. Close is the token after the last
// quoted one; when the pair is not closed it is the end of the paragraph.
type Quote struct {
	Open, Close int
	Closed      bool
}

// Phrase is a run of two tokens or more that the lexicon knows as one.
type Phrase struct {
	First, Last int // tokens [First, Last)
	Word        *lex.Word
}

// Doc is a text with all that this package knows of it.
type Doc struct {
	Text    string
	Lex     *lex.Lexicon
	Tokens  []Token
	Paras   []Paragraph
	Sents   []Sentence
	Quotes  []Quote
	Phrases []Phrase // by first token, longest first

	sentOf   []int32 // sentence of each token
	phraseAt []int32 // index of the first phrase at or after each token
	quoteOf  []int32 // innermost quote of each token, or -1
}

// SentenceOf gives the index of the sentence of token i.
func (d *Doc) SentenceOf(i int) int { return int(d.sentOf[i]) }

// QuoteOf gives the index of the quote that token i stands in, or -1. The marks
// themselves stand in it.
func (d *Doc) QuoteOf(i int) int { return int(d.quoteOf[i]) }

// PhrasesAt gives the phrases that begin at token i, longest first.
func (d *Doc) PhrasesAt(i int) []Phrase {
	lo := d.phraseAt[i]
	hi := lo
	for int(hi) < len(d.Phrases) && d.Phrases[hi].First == i {
		hi++
	}
	return d.Phrases[lo:hi]
}

// PhraseOf gives the longest phrase at token i with a sense of table t.
func (d *Doc) PhraseOf(i int, t lex.Table) (Phrase, lex.Sense, bool) {
	for _, p := range d.PhrasesAt(i) {
		if s, ok := p.Word.Sense(t); ok {
			return p, s, true
		}
	}
	return Phrase{}, lex.Sense{}, false
}

// Match gives the longest sense of table t at token i, of a phrase or of the word
// alone, with the token after it.
func (d *Doc) Match(i int, t lex.Table) (s lex.Sense, end int, ok bool) {
	if p, s, ok := d.PhraseOf(i, t); ok {
		return s, p.Last, true
	}
	s, ok = d.Tokens[i].Sense(t)
	return s, i + 1, ok
}

// Analyzer makes documents. It is safe for concurrent use.
type Analyzer struct {
	lex   *lex.Lexicon
	vocab *vocab.Vocab
	forms forms
	pool  sync.Pool // of *scratch
}

// scratch is the working memory of one analysis.
type scratch struct {
	folder script.Folder
	docs   []*Doc
}

// New makes an analyzer over a lexicon and a vocabulary.
func New(l *lex.Lexicon, v *vocab.Vocab) *Analyzer {
	a := &Analyzer{lex: l, vocab: v, forms: make(forms, remembered)}
	a.pool.New = func() any { return new(scratch) }
	return a
}

// Analyze reads a text, which should be valid UTF-8 and shorter than 2 GiB. It takes
// time linear in the text.
func (a *Analyzer) Analyze(text string) *Doc {
	s := a.pool.Get().(*scratch)
	d := &Doc{Text: text, Lex: a.lex}
	if len(s.docs) > 0 {
		d = s.docs[len(s.docs)-1]
		s.docs = s.docs[:len(s.docs)-1]
		d.reset(text, a.lex)
	}
	view := s.folder.View(text)
	d.scan(view)
	for i := range d.Tokens {
		t := &d.Tokens[i]
		t.Analysis = a.analysis(t)
		t.Body = int32(view.Start(int(t.fold) + t.bodyOff()))
	}
	d.pairQuotes()
	d.splitSentences()
	d.matchPhrases()
	a.pool.Put(s)
	return d
}

// Release gives d's memory back for another analysis. d and everything cut from it
// but its Text must not be used afterwards.
func (a *Analyzer) Release(d *Doc) {
	s := a.pool.Get().(*scratch)
	if len(s.docs) < 2 && cap(d.Tokens) < 1<<16 {
		s.docs = append(s.docs, d)
	}
	a.pool.Put(s)
}

func (d *Doc) reset(text string, l *lex.Lexicon) {
	*d = Doc{
		Text: text, Lex: l,
		Tokens: d.Tokens[:0], Paras: d.Paras[:0], Sents: d.Sents[:0], Quotes: d.Quotes[:0], Phrases: d.Phrases[:0],
		sentOf: d.sentOf[:0], phraseAt: d.phraseAt[:0], quoteOf: d.quoteOf[:0],
	}
}

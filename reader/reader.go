// Package reader reads an Arabic news article into its record. Read is a pure function:
// no clock, no network, no disk; it cannot fail, and the same article and version give
// the same record.
package reader

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/find/commitments"
	"github.com/isnad-project/isnad/internal/find/debris"
	"github.com/isnad-project/isnad/internal/find/entities"
	"github.com/isnad-project/isnad/internal/find/events"
	"github.com/isnad-project/isnad/internal/find/names"
	"github.com/isnad-project/isnad/internal/find/quantities"
	"github.com/isnad-project/isnad/internal/find/statements"
	"github.com/isnad-project/isnad/internal/find/times"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/tag"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// Version is the version of the reader: it changes when the same article may give
// another record.
const Version = "0.1.0"

// Reader reads articles. It is safe for concurrent use.
type Reader struct {
	lexicon  *lex.Lexicon
	analyzer *ling.Analyzer
	debris   *debris.Cutter
	tagger   *tag.Model
}

// New loads the lexicon and the models, at the same time. It fails only when one of them
// is damaged.
func New() (*Reader, error) {
	var (
		wg               sync.WaitGroup
		v                *vocab.Vocab
		m                *tag.Model
		badVocab, badTag error
	)
	wg.Go(func() { v, badVocab = vocab.Load() })
	wg.Go(func() { m, badTag = tag.Load() })
	l, badLexicon := lex.Default()
	wg.Wait()
	if err := errors.Join(wrap("lexicon", badLexicon), wrap("vocabulary", badVocab), wrap("name model", badTag)); err != nil {
		return nil, err
	}
	return &Reader{lexicon: l, analyzer: ling.New(l, v), debris: debris.New(l), tagger: m}, nil
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// Read gives the record of an article.
func (r *Reader) Read(a isnad.Article) isnad.Record { return r.read(a, nil) }

// Step is one stage of a reading: what it found and how long it took.
type Step struct {
	Stage string
	Found int
	Took  time.Duration
}

// Explain is Read with the steps it took.
func (r *Reader) Explain(a isnad.Article) (isnad.Record, []Step) {
	var steps []Step
	rec := r.read(a, func(s Step) { steps = append(steps, s) })
	return rec, steps
}

func (r *Reader) read(a isnad.Article, trace func(Step)) isnad.Record {
	rec := isnad.Record{Reader: "isnad " + Version}
	run := &run{record: &rec, trace: trace}
	rec.Article = intake(run, a)
	published := day(run, a.Published)
	stage(run, "debris", func() []isnad.Cut {
		rec.Article = r.debris.Cut(rec.Article)
		return rec.Article.Cut
	})
	rec.Article.Language = language(run, rec.Article.Text)
	markup(run, rec.Article.Text)
	d := r.analyzer.Analyze(rec.Article.Text)
	defer r.analyzer.Release(d)

	rec.Names = stage(run, "names", func() []isnad.Name { return names.Find(d, r.tagger.Tag(d, nil)) })
	rec.Entities = stage(run, "entities", func() []isnad.Entity { return entities.Link(d, rec.Names) })
	if len(rec.Entities) == 0 {
		rec.Names = nil // a name without its entity is no finding
	}
	rec.Times = stage(run, "times", func() []isnad.Time { return times.Find(d, published) })
	rec.Quantities = stage(run, "quantities", func() []isnad.Quantity {
		return quantities.Find(d, rec.Names, rec.Entities, rec.Times)
	})
	rec.Statements = stage(run, "statements", func() []isnad.Statement {
		return statements.Find(d, rec.Names, rec.Entities, rec.Times)
	})
	rec.Events = stage(run, "events", func() []isnad.Event {
		return events.Find(d, published, rec.Names, rec.Entities, rec.Times, rec.Statements)
	})
	rec.Commitments = stage(run, "commitments", func() []isnad.Commitment {
		found, notes := commitments.Find(d, published, rec.Names, rec.Entities, rec.Times, rec.Statements)
		rec.Notes = append(rec.Notes, notes...)
		return found
	})
	news(run)
	return rec
}

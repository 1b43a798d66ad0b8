package beam

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/fileio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/log"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"github.com/isnad-project/isnad/internal/batch/step"
	"github.com/isnad-project/isnad/internal/pour"
	"github.com/isnad-project/isnad/internal/story"
)

// Register tells Beam of the functions of this package, as it must be told on every
// machine before a pipeline is made.
func Register() {
	register.DoFn3x1[context.Context, fileio.ReadableFile, func(string, string), error](&readFn{})
	register.DoFn3x1[string, func(*string) bool, func(string), error](&latestFn{})
	register.DoFn2x1[string, func(string, string), error](&sketchFn{})
	register.DoFn4x1[string, string, func(*string) bool, func(string, string), error](&runFn{})
	register.DoFn3x1[string, func(*string) bool, func(string), error](&tellFn{})
	register.Emitter1[string]()
	register.Emitter2[string, string]()
	register.Iter1[string]()
}

// readFn gives the articles of a file as lines of the step of records: key and rest.
type readFn struct {
	Kind  string
	steps *step.Steps
}

// Setup loads what reading needs.
func (f *readFn) Setup() (err error) {
	f.steps, err = step.New()
	return err
}

// ProcessElement reads a file.
func (f *readFn) ProcessElement(ctx context.Context, file fileio.ReadableFile, emit func(key, rest string)) error {
	in, err := file.Open(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	unread := beam.NewCounter("isnad", "unread")
	n := int64(0)
	kind := pour.Kind(f.Kind)
	if kind == "" {
		kind = pour.Named(file.Metadata.Path)
	}
	for it := range pour.Walk(pour.Options{Paths: []string{pour.Stdin}, Stdin: in, Kind: kind}) {
		n++
		line, _, err := f.steps.Record(&it, step.Given{}, step.Place{Part: file.Metadata.Path, Item: n})
		if err != nil {
			unread.Inc(ctx, 1)
			log.Warnf(ctx, "%s: %s: %v", file.Metadata.Path, it.Position.Shown(), err)
			continue
		}
		key, rest, _ := strings.Cut(string(line), "\t")
		emit(key, rest)
	}
	return nil
}

// latestFn gives the record of the last place.
type latestFn struct{}

// ProcessElement takes what came under one id.
func (*latestFn) ProcessElement(key string, rests func(*string) bool, emit func(string)) error {
	return step.Latest(func(yield func([]byte, error) bool) {
		var rest string
		for rests(&rest) {
			if !yield([]byte(key+"\t"+rest), nil) {
				return
			}
		}
	}, func(record []byte) error {
		emit(string(record))
		return nil
	})
}

// sketchFn gives records as lines of the step of stories, by day.
type sketchFn struct{ steps *step.Steps }

// Setup loads what sketches need.
func (f *sketchFn) Setup() (err error) {
	f.steps, err = step.New()
	return err
}

// ProcessElement sketches a record.
func (f *sketchFn) ProcessElement(record string, emit func(day, line string)) error {
	line, err := f.steps.Sketch([]byte(record))
	if err != nil {
		return err
	}
	day, _, _ := strings.Cut(string(line), "\t")
	emit(day, string(line))
	return nil
}

// runFn puts days together to runs, named by their first day.
type runFn struct{ first map[string]string }

// ProcessElement names the run of a day. Articles without a day, which are joined with no
// other, are a run each.
func (f *runFn) ProcessElement(day, line string, all func(*string) bool, emit func(run, line string)) error {
	if f.first == nil {
		if err := f.runs(all); err != nil {
			return err
		}
	}
	run, ok := f.first[day]
	if !ok {
		return fmt.Errorf("the day %q is not among all days", day)
	}
	if run == "" {
		run, _, _ = strings.Cut(strings.TrimPrefix(line, day+"\t"), "\t")
	}
	emit(run, line)
	return nil
}

func (f *runFn) runs(all func(*string) bool) error {
	f.first = map[string]string{}
	var days []string
	for day := ""; all(&day); {
		days = append(days, day)
	}
	slices.Sort(days)
	last, run := story.NoDay, ""
	for _, d := range days {
		k, err := step.Day([]byte(d + "\t"))
		if err != nil {
			return err
		}
		if k != story.NoDay && (last == story.NoDay || k > last+story.Window) {
			run = d
		}
		last, f.first[d] = k, run
	}
	return nil
}

// tellFn tells the stories of a run of days.
type tellFn struct{ steps *step.Steps }

// Setup loads what stories need.
func (f *tellFn) Setup() (err error) {
	f.steps, err = step.New()
	return err
}

// ProcessElement walks through a run.
func (f *tellFn) ProcessElement(_ string, rest func(*string) bool, emit func(string)) error {
	var lines []string
	for line := ""; rest(&line); {
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return f.steps.Stories(func(yield func([]byte, error) bool) {
		for _, l := range lines {
			if !yield([]byte(l), nil) {
				return
			}
		}
	}, step.Stretch{}, func(story []byte) error {
		emit(string(story))
		return nil
	})
}

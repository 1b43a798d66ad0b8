// Package beam is the making of records and stories as transforms of Apache Beam's Go
// SDK, for those who run Flink, Spark or Dataflow. It wraps the steps of
// internal/batch/step and has no rule of its own.
//
// A program that uses it calls Register before Beam's own Init.
package beam

import (
	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/fileio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/transforms/filter"
)

// Records reads the files of a pattern and gives records as lines (docs/record.md), each
// article once: of one that comes twice the one of the later file, by name, or place. The
// kind is the form of the files: text, html, jsonl, warc, or "" to find it out for each. A
// file is read by one worker. What cannot be read is logged and counted (isnad/unread).
func Records(s beam.Scope, pattern, kind string) beam.PCollection {
	s = s.Scope("isnad.Records")
	files := fileio.ReadMatches(s, fileio.MatchFiles(s, pattern), fileio.ReadUncompressed())
	keyed := beam.ParDo(s, &readFn{Kind: kind}, files)
	return beam.ParDo(s, &latestFn{}, beam.GroupByKey(s, keyed))
}

// Stories gives the stories that records tell, as lines. A run of days, in which there is
// no pause longer than a story can have, is walked through by one worker, which holds its
// lines in memory.
func Stories(s beam.Scope, records beam.PCollection) beam.PCollection {
	s = s.Scope("isnad.Stories")
	days := beam.ParDo(s, &sketchFn{}, records)
	all := filter.Distinct(s, beam.DropValue(s, days))
	runs := beam.ParDo(s, &runFn{}, days, beam.SideInput{Input: all})
	return beam.ParDo(s, &tellFn{}, beam.GroupByKey(s, runs))
}

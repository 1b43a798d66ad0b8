// Command isnad-beam makes records and stories of files as a pipeline of Apache Beam:
//
//	isnad-beam --in 'articles/*.jsonl' --out result --runner universal --endpoint host:port
//
// The runners are prism (this machine alone, all in memory), universal, flink and spark;
// for Dataflow, import its runner too.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	sdk "github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/textio"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/flink"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/spark"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/universal"

	"github.com/isnad-project/isnad/beam"
)

func main() {
	in := flag.String("in", "", "pattern of the files to read")
	out := flag.String("out", "", "folder for records.jsonl and stories.jsonl")
	kind := flag.String("from", "", "form of the files: text, html, jsonl, warc; empty finds it out")
	runner := flag.String("runner", "prism", "runner of the pipeline")
	flag.Parse()
	beam.Register()
	sdk.Init() // on a worker it does not return
	if *in == "" || *out == "" {
		fmt.Fprintln(os.Stderr, "isnad-beam: say what to read (--in) and where to write (--out)")
		os.Exit(2)
	}
	p, s := sdk.NewPipelineWithRoot()
	records := beam.Records(s, *in, *kind)
	textio.Write(s, *out+"/records.jsonl", records)
	textio.Write(s, *out+"/stories.jsonl", beam.Stories(s, records))
	if _, err := sdk.Run(context.Background(), *runner, p); err != nil {
		fmt.Fprintln(os.Stderr, "isnad-beam:", err)
		os.Exit(1)
	}
}

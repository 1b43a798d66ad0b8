package evidence

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The name of a file: isnad-20240310083015-00001-host-2.warc.gz, as archives name theirs
// (WARC 1.1, annex C): when it was begun, its number among those of its writer, and who
// wrote it. Files of the first writer may have a shorter name, without the last two.
const (
	prefix = "isnad-"
	suffix = ".warc.gz"
	stamp  = "20060102150405"
)

// name is what the name of a file tells.
type name struct {
	file   string
	serial int // among the files of its writer, from 1
	writer int // the number of the lock under which it was written, from 1
}

func fileName(at time.Time, serial int, host string, writer int) string {
	return fmt.Sprintf("%s%s-%05d-%s-%d%s", prefix, at.UTC().Format(stamp), serial, host, writer, suffix)
}

// parse reads the name of a file; its serial is 0 where it is no file of evidence.
func parse(file string) name {
	none := name{file: file}
	rest, ok := strings.CutPrefix(file, prefix)
	rest, packed := strings.CutSuffix(rest, suffix)
	at, rest, dashed := strings.Cut(rest, "-")
	if !ok || !packed || !dashed || len(at) != len(stamp) || !digits(at) {
		return none
	}
	number, who, long := strings.Cut(rest, "-")
	serial := positive(number)
	if len(number) < 5 || serial == 0 {
		return none
	}
	if !long {
		return name{file, serial, 1}
	}
	dash := strings.LastIndexByte(who, '-')
	if dash < 1 || plain(who[:dash]) != who[:dash] {
		return none
	}
	writer := positive(who[dash+1:])
	if writer == 0 {
		return none
	}
	return name{file, serial, writer}
}

// positive reads a number from 1 up; 0 where s is none.
func positive(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || !digits(s) {
		return 0
	}
	return n
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// hostName is the name of this machine, as names of files give it.
func hostName() string {
	const longest = 64
	h, err := os.Hostname()
	if err != nil {
		return "host"
	}
	return cmp.Or(plain(h[:min(len(h), longest)]), "host")
}

// plain gives a name without what may not stand in the name of a file everywhere.
func plain(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.', c == '-', c == '_':
			return c
		}
		return -1
	}, s)
}

// files gives the files in the order of their writers and of their beginning.
func (f *Folder) files() ([]name, error) {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return nil, fmt.Errorf("list the evidence: %w", err)
	}
	var all []name
	for _, e := range entries {
		if n := parse(e.Name()); n.serial > 0 {
			all = append(all, n)
		}
	}
	slices.SortFunc(all, func(a, b name) int {
		return cmp.Or(a.writer-b.writer, a.serial-b.serial, strings.Compare(a.file, b.file))
	})
	return all, nil
}

// last gives the file that each writer wrote last.
func last(files []name) map[int]name {
	m := map[int]name{}
	for _, n := range files {
		m[n.writer] = n
	}
	return m
}

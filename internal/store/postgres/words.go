package postgres

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/isnad-project/isnad/internal/store/shelf"
)

// Limits of a tsvector: the last place it can note, the places of one word, the bytes of a
// word and of all words.
const (
	lastPlace   = 16383
	mostPlaces  = 255
	lexemeLimit = 2000
	vectorLimit = 1 << 20
	inTitle     = 3 << 14 // the weight A, which marks places in the headline
)

// lexeme is a search form as it stands in a tsvector. One that is too long is cut, with a
// digest of the whole.
func lexeme(form string) string {
	form = strings.ReplaceAll(form, "\x00", "\uFFFD")
	if len(form) <= lexemeLimit {
		return form
	}
	return fmt.Sprintf("%s…%x", strings.ToValidUTF8(form[:lexemeLimit/2], ""), keyOf(form))
}

// places is where a word stands.
type places struct {
	form  string
	title int      // how often in the headline
	other int      // how often elsewhere
	at    []uint16 // places in the tsvector
}

// indexed is a row of the index of words.
type indexed struct {
	size          int
	long          bool
	heard, marked []byte
	forms         []byte // a tsvector in its binary form
}

// indexOf makes an article's row of the index of words.
func indexOf(x *shelf.Index) indexed {
	title, text, fields := strings.Fields(x.Title), strings.Fields(x.Text), strings.Fields(x.Fields)
	body, marks := map[string]*places{}, map[string]*places{}
	gather(body, title, 1, true)
	// A place between headline and text keeps phrases from going across.
	gather(body, text, len(title)+2, false)
	gather(marks, fields, 1, false)
	list, marked := inOrder(body), inOrder(marks)
	r := indexed{size: len(text), heard: tallyOf(list), marked: tallyOf(marked)}
	r.long = len(title)+len(text)+2 > lastPlace || len(fields) > lastPlace || slices.ContainsFunc(append(list, marked...), func(p *places) bool { return len(p.at) > mostPlaces })
	r.forms = vector(append(list, marked...), !r.long)
	return r
}

// gather notes where words stand, from a place on.
func gather(in map[string]*places, words []string, from int, title bool) {
	for i, w := range words {
		w = lexeme(w)
		p := in[w]
		if p == nil {
			p = &places{form: w}
			in[w] = p
		}
		if title {
			p.title++
		} else {
			p.other++
		}
		at := uint16(min(from+i, lastPlace))
		if title {
			at |= inTitle
		}
		p.at = append(p.at, at)
	}
}

func inOrder(in map[string]*places) []*places {
	list := make([]*places, 0, len(in))
	for _, p := range in {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b *places) int { return cmp.Or(len(a.form)-len(b.form), cmp.Compare(a.form, b.form)) })
	return list
}

// vector writes a tsvector in the binary form of PostgreSQL. Words beyond its size are left
// out: some hundred thousand different ones fit.
func vector(list []*places, noted bool) []byte {
	out := make([]byte, 4, 8192)
	n, bulk := 0, 0
	for _, p := range list {
		at := p.at
		if !noted {
			at = nil
		}
		if bulk += len(p.form) + 2*len(at) + 4; bulk > vectorLimit-lexemeLimit {
			break
		}
		n++
		out = append(append(out, p.form...), 0)
		out = binary.BigEndian.AppendUint16(out, uint16(len(at)))
		for _, a := range at {
			out = binary.BigEndian.AppendUint16(out, a)
		}
	}
	binary.BigEndian.PutUint32(out, uint32(n))
	return out
}

// A tally tells how often each word of an article stands in it, for ranking: five bytes a
// word, the digest of the word and a number, in order of digests. It is empty when two words of
// the article have one digest: then only its text tells.
const (
	tallyBytes = 5
	most       = shelf.Heard + 1 // counts of a word: none to as many as are heard
	unsaid     = 255             // stands for more in the headline than a number holds
)

func wordDigest(form string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(form))
	return h.Sum32()
}

func tallyOf(list []*places) []byte {
	out := make([]byte, 0, len(list)*tallyBytes)
	keys := make([]uint64, len(list))
	for i, p := range list {
		n := p.title*most + min(p.other, shelf.Heard)
		if n >= unsaid {
			n = unsaid
		}
		keys[i] = uint64(wordDigest(p.form))<<8 | uint64(n)
	}
	slices.Sort(keys)
	for i, k := range keys {
		if i > 0 && keys[i-1]>>8 == k>>8 {
			return nil
		}
		out = append(binary.BigEndian.AppendUint32(out, uint32(k>>8)), byte(k))
	}
	return out
}

// timesIn looks a word up in a tally. ok is false where the tally does not tell.
func timesIn(tally []byte, digest uint32) (t shelf.Times, ok bool) {
	lo, hi := 0, len(tally)/tallyBytes
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		at := tally[mid*tallyBytes:]
		switch d := binary.BigEndian.Uint32(at); {
		case d == digest:
			n := int(at[4])
			return shelf.Times{Title: n / most, Text: n % most}, n != unsaid
		case d < digest:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return t, false
}

// count is how many words the tsvector has.
func (x *indexed) count() int { return int(binary.BigEndian.Uint32(x.forms)) }

package entities

import (
	"strings"

	"github.com/isnad-project/isnad"
)

// people joins a person's partial names to the whole one: the last mention before it
// that has these words at its end or start, else the first after it.
func (l *linker) people() {
	whole := map[string]int32{} // by each part that may stand for the whole
	var late []int32
	for n := range l.mentions {
		if l.names[n].Kind != isnad.Person {
			continue
		}
		m := &l.mentions[n]
		if at, ok := whole[strings.Join(m.words, " ")]; ok && at != int32(n) {
			l.join(at, int32(n))
		} else if len(m.words) == 1 {
			late = append(late, int32(n))
		} else if at, ok := l.similar(whole, m); ok {
			l.join(at, int32(n))
		}
		l.parts(whole, int32(n))
	}
	for _, n := range late {
		if at, ok := whole[l.mentions[n].words[0]]; ok {
			l.join(at, n)
		}
	}
}

// parts enters the parts of a whole name by which its person may be named.
func (l *linker) parts(whole map[string]int32, n int32) {
	w := l.mentions[n].words
	for i := 1; i < len(w) && i < 6; i++ {
		whole[strings.Join(w[i:], " ")] = n
		whole[strings.Join(w[:i], " ")] = n
	}
	if len(w) > 2 {
		whole[w[0]+" "+w[len(w)-1]] = n
	}
}

// similar finds a whole name of which m is a longer form: first and last word agree.
func (l *linker) similar(whole map[string]int32, m *mention) (int32, bool) {
	w := m.words
	if len(w) < 2 {
		return 0, false
	}
	at, ok := whole[w[0]+" "+w[len(w)-1]]
	return at, ok
}

package story

import (
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// stances knows by its folded form which side a word takes on who did something.
type stances map[string]string

// The stances. Keys of a gist are stems in Arabic letters or codes in capitals, so that
// blame can be a key beside them.
const (
	blame   = "blame"
	unknown = "unknown"
	doubt   = "doubt"
	culprit = "culprit"
	untrue  = "false"
	kin     = "kin"
)

func newStances(l *lex.Lexicon) stances {
	s := stances{}
	for _, r := range l.Stances {
		for _, f := range r.Forms {
			s[f] = r.Stance
		}
	}
	return s
}

// of gives the stance of a token, or "".
func (s stances) of(t *ling.Token) string {
	if t.Kind != ling.Word {
		return ""
	}
	if stance := s[t.Fold]; stance != "" {
		return stance
	}
	if t.Base != t.Fold {
		if stance := s[t.Base]; stance != "" {
			return stance
		}
	}
	if t.Stem != t.Base {
		if stance := s[t.Stem]; stance != "" {
			return stance
		}
	}
	if l := light(t.Stem); l != t.Stem {
		return s[l]
	}
	return ""
}

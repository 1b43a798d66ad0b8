package authority

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/script"
)

// skeleton gives what of a unit of a name does not change with spelling: without the
// article, غ for the g that others write ج, no letter twice in a row; of a name that is
// no Arab or usual forename, the consonants alone when there are four of them
// («ترامب», «ترمب»; «غوتيريش», «جوتيرش»). «سلمان» and «سليمان» stay two.
func (f File) skeleton(unit string) string {
	if rest, ok := strings.CutPrefix(unit, script.Al); ok && len(rest) > 4 {
		unit = rest
	}
	if _, given := f.lexicon.Word(unit).Sense(lex.Forename); given || strings.Contains(unit, joint) {
		return unit
	}
	runes := single(strings.ReplaceAll(unit, script.Ghayn, script.Jim))
	if s := consonants(runes); len(s) >= 4 {
		return string(s)
	}
	return string(runes)
}

// single gives the letters of s without immediate repetition.
func single(s string) []rune {
	var out []rune
	for _, r := range s {
		if len(out) == 0 || out[len(out)-1] != r {
			out = append(out, r)
		}
	}
	return out
}

// consonants leaves out the letters that stand for vowels, but for the first of a word.
func consonants(runes []rune) []rune {
	var out []rune
	for i, r := range runes {
		if i == 0 || !strings.ContainsRune(script.Alef+script.Waw+script.Ya, r) {
			out = append(out, r)
		}
	}
	return out
}

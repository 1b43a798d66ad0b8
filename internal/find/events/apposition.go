package events

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// apposed gives the token after the name of a person that stands between commas behind his
// title («الرئيس الكيني، فلان، نظيره»), else last.
func (f *finder) apposed(first, last int) int {
	if !f.Tokens[first].Tables.Has(lex.Title) {
		return last
	}
	if last+1 < len(f.Tokens) && f.Tokens[last].Is(lex.Prep) && f.mention(first, last).person < 0 {
		end := f.phrase(last + 1) // «السفير لدى المنظمة فلان»
		if f.personal(end - 1) {
			return end
		}
		if n, behind, ok := f.Name(end); ok && f.names[n].Kind == isnad.Person {
			return behind
		}
	}
	return f.enclosed(last)
}

// enclosed gives the token after the name of a person between commas of which the first is
// token last, else last.
func (f *finder) enclosed(last int) int {
	if last+2 >= len(f.Tokens) || f.Tokens[last].Kind != ling.Punct {
		return last
	}
	n, end, named := f.Name(last + 1)
	if !named || f.names[n].Kind != isnad.Person || end >= len(f.Tokens) || f.Tokens[end].Kind != ling.Punct {
		return last
	}
	return end + 1
}

// called gives the person named behind a comma after the words [first, last) that tell who
// he is («القيادي السابق بحزب كذا، فلان»).
func (f *finder) called(first, last int) []string {
	if m := f.mention(first, last); first >= last || !f.Tokens[first].Definite() || m.person >= 0 || state(m.first) {
		return nil
	}
	if last < len(f.Tokens) && f.Tokens[last].Prep == 'b' {
		last = f.phrase(last)
	}
	if f.enclosed(last) == last {
		return nil
	}
	return f.parties(last+1, f.phrase(last+1))
}

package page

import (
	"slices"
	"strings"

	"github.com/isnad-project/isnad/internal/script"
)

// few is how many words a title has at most that is the outlet's name alone.
const few = 4

// heading gives the first heading that the title element has too; where it has none of them,
// the first heading if that element says little, else nothing: it is the site's then.
func (s *statements) heading() string {
	for _, h := range s.headings {
		if kin(h, s.element) {
			return h
		}
	}
	if len(s.headings) > 0 && len(strings.Fields(s.element)) <= few {
		return s.headings[0]
	}
	return ""
}

// kin reports whether one of two titles stands in the other.
func kin(a, b string) bool {
	a, b = script.Fold(a), script.Fold(b)
	return a != "" && b != "" && (strings.Contains(a, b) || strings.Contains(b, a))
}

// entitle finds the headline of a page that has it in its title element alone, beside the
// outlet: the part of it that the page shows as a line of its own.
func (p *page) entitle() {
	if p.said.title == "" || p.said.outlet != "" && !sameName(p.said.title, p.said.outlet) && len(strings.Fields(p.said.title)) > few {
		return
	}
	for _, sep := range append(separators[:], ": ") {
		a, b, found := strings.Cut(p.element, sep)
		if !found {
			continue
		}
		for _, part := range [...]struct{ title, outlet string }{{b, a}, {a, b}} {
			site := len(strings.Fields(part.outlet)) <= few && (p.said.outlet == "" || sameName(p.said.outlet, part.outlet))
			if site && len(strings.Fields(part.title)) >= few-1 && p.line(part.title) && (sep != ": " || p.line(part.outlet)) {
				p.said.title, p.said.outlet = part.title, part.outlet
				return
			}
		}
	}
}

// line reports whether the page shows a line of these words alone.
func (p *page) line(words string) bool {
	folded := script.Fold(words)
	return slices.ContainsFunc(p.lines, func(s string) bool { return len(s) < 2*len(words) && script.Fold(s) == folded })
}

// whole gives the longer form of a title that was cut short with dots.
func whole(title string, others ...string) string {
	cut := strings.TrimRight(title, ".… ")
	if cut == title {
		return title
	}
	for _, o := range others {
		if len(o) > len(title) && strings.HasPrefix(o, cut) {
			return o
		}
	}
	return title
}

// sameName reports two names that differ in nothing but spelling.
func sameName(a, b string) bool {
	letters := func(s string) string {
		return strings.Join(strings.FieldsFunc(script.Fold(s), func(r rune) bool { return r == ' ' || r == '.' }), "")
	}
	return letters(a) == letters(b)
}

// partOf reports a name that is another's, or the first or last words of it.
func partOf(name, whole string) bool {
	a, b := " "+script.Fold(name)+" ", " "+script.Fold(whole)+" "
	return sameName(name, whole) || strings.HasPrefix(b, a) || strings.HasSuffix(b, a)
}

// separators stand between a headline and the name of its site.
var separators = [...]string{" | ", " - ", " – ", " — ", " :: "}

// site finds the outlet that is nowhere named but in titles: what the title element has
// beyond the headline, or what stands before the headline in one title and behind it in
// the other.
func site(headline, title string) string {
	for _, sep := range separators {
		if name, ok := strings.CutPrefix(title, headline+sep); ok && len(strings.Fields(name)) <= 4 {
			return name
		}
		if name, ok := strings.CutSuffix(title, sep+headline); ok && len(strings.Fields(name)) <= 4 {
			return name
		}
		if name, rest, ok := strings.Cut(headline, sep); ok && strings.TrimSpace(title) == rest+sep+name {
			return name
		}
	}
	return ""
}

// headline takes the outlet's name off a page's title.
func headline(title, outlet string) string {
	if outlet == "" {
		return title
	}
	for _, sep := range separators {
		if i := strings.LastIndex(title, sep); i >= 0 && sameName(title[i+len(sep):], outlet) {
			title = title[:i]
		}
		if before, rest, found := strings.Cut(title, sep); found && sameName(before, outlet) {
			title = rest
		}
	}
	return strings.TrimSpace(title)
}

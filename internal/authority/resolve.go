package authority

import "strings"

// Mention is an entity of an article, as far as telling people of one family name apart
// needs it.
type Mention struct {
	Key     string // as File.Key gives it
	Role    string
	Country string
}

// Resolve decides which person each mention of one family name is, all being of articles
// of the same few days: the keys, one for each mention. A family name alone is the
// person of that name of whom those days tell, when one is named at least twice as often
// as any other; a mention of another state and another office than most of its name is
// another person. What it decides does not depend on the order of the mentions.
func Resolve(mentions []Mention) []string {
	p := census(mentions)
	out := make([]string, len(mentions))
	for i, m := range mentions {
		switch {
		case alone(m.Key):
			out[i] = p.bearer(m)
		case p.stranger(m):
			out[i] = m.Key + "/" + m.Country
		default:
			out[i] = m.Key
		}
	}
	return out
}

// figure is a person of some days: how often, of which states and in which offices.
type figure struct {
	mentions  int
	countries map[string]int
	roles     map[string]int
}

// people are the persons of one family name.
type people map[string]*figure

func census(mentions []Mention) people {
	p := people{}
	for _, m := range mentions {
		if alone(m.Key) {
			continue
		}
		f := p[m.Key]
		if f == nil {
			f = &figure{countries: map[string]int{}, roles: map[string]int{}}
			p[m.Key] = f
		}
		f.mentions++
		if m.Country != "" {
			f.countries[m.Country]++
		}
		for _, w := range strings.Fields(m.Role) {
			f.roles[w]++
		}
	}
	return p
}

// bearer gives the person that a family name alone means, or the name alone.
func (p people) bearer(m Mention) string {
	best, most, next := m.Key, 0, 0
	for key, f := range p {
		if m.Country != "" && len(f.countries) > 0 && f.countries[m.Country] == 0 {
			continue
		}
		if f.mentions > most {
			best, most, next = key, f.mentions, most
		} else if f.mentions > next {
			next = f.mentions
		}
	}
	if most < 2*next {
		return m.Key
	}
	return best
}

// stranger reports whether a mention's state is a rare one for its name and its office
// shares no word with what others of the name are called.
func (p people) stranger(m Mention) bool {
	f := p[m.Key]
	if m.Country == "" || m.Role == "" {
		return false
	}
	for country, n := range f.countries {
		if country != m.Country && (n > f.countries[m.Country] || n == f.countries[m.Country] && country < m.Country) {
			return !f.shares(m)
		}
	}
	return false
}

// shares reports whether a word of a mention's office is said of the person elsewhere.
func (f *figure) shares(m Mention) bool {
	own := map[string]int{}
	for _, w := range strings.Fields(m.Role) {
		own[w]++
	}
	for w, n := range own {
		if f.roles[w] > n {
			return true
		}
	}
	return false
}

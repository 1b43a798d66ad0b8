package web

import (
	"fmt"
	"io/fs"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// tongue is a language that the pages speak.
type tongue struct {
	Code   string // BCP 47
	Dir    string
	prefix string // of its pages' paths
	other  *tongue
	words  map[string]string
}

// loadTongues reads the table of messages: a key, Arabic, English.
func loadTongues() ([2]*tongue, error) {
	ar := &tongue{Code: "ar", Dir: "rtl", words: map[string]string{}}
	en := &tongue{Code: "en", Dir: "ltr", prefix: "/en", words: map[string]string{}}
	ar.other, en.other = en, ar
	b, err := fs.ReadFile(files, "templates/messages.tsv")
	if err != nil {
		return [2]*tongue{}, err
	}
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 || cells[1] == "" || cells[2] == "" || ar.words[cells[0]] != "" {
			return [2]*tongue{}, fmt.Errorf("messages.tsv:%d: want a new key, its Arabic and its English", n)
		}
		ar.words[cells[0]], en.words[cells[0]] = cells[1], cells[2]
	}
	return [2]*tongue{ar, en}, nil
}

// T gives a message, or its key where there is none.
func (t *tongue) T(key string) string {
	if w, ok := t.words[key]; ok {
		return w
	}
	return key
}

// Word gives the message of a record's fixed word, or the word itself.
func (t *tongue) Word(group, fixed string) string {
	if w, ok := t.words[group+"."+fixed]; ok {
		return w
	}
	return fixed
}

// Count gives a number with its noun. Arabic messages have six forms, for none, one, two,
// few, many and other; English ones three, for none, one and other.
func (t *tongue) Count(key string, n int) string {
	forms := strings.Split(t.T(key), "|")
	i := t.form(n)
	if i >= len(forms) {
		i = len(forms) - 1
	}
	return strings.ReplaceAll(forms[i], "#", t.Number(n))
}

func (t *tongue) form(n int) int {
	if n <= 1 || t.Code == "en" {
		return min(n, 2)
	}
	switch h := n % 100; {
	case n == 2:
		return 2
	case h >= 3 && h <= 10:
		return 3
	case h >= 11:
		return 4
	}
	return 5
}

// Number gives a whole number with its thousands parted.
func (t *tongue) Number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Share gives a share in percent.
func (t *tongue) Share(f float64) string { return strconv.Itoa(int(f*100+0.5)) + "%" }

// Day gives an ISO date, month, year or date-time as a day for people; what is none of
// these as it stands.
func (t *tongue) Day(iso string) string {
	day, _, _ := strings.Cut(iso, "T")
	if d, err := time.Parse(time.DateOnly, day); err == nil {
		return fmt.Sprintf("%d %s %d", d.Day(), t.month(d), d.Year())
	}
	if d, err := time.Parse("2006-01", day); err == nil {
		return fmt.Sprintf("%s %d", t.month(d), d.Year())
	}
	return cut(iso, 40)
}

func (t *tongue) month(d time.Time) string { return t.T("month." + strconv.Itoa(int(d.Month()))) }

// When gives the day and, where it is told, the hour of an ISO date-time.
func (t *tongue) When(iso string) string {
	for _, layout := range [...]string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if d, err := time.Parse(layout, iso); err == nil {
			return t.Day(iso) + t.T("comma") + d.Format("15:04")
		}
	}
	return t.Day(iso)
}

// Span gives two days, or one where they are the same.
func (t *tongue) Span(first, last string) string {
	if first == last || last == "" {
		return t.Day(first)
	}
	return t.Day(first) + " – " + t.Day(last)
}

// Ago says how long before now a moment was.
func (t *tongue) Ago(at, now time.Time) string {
	d := now.Sub(at)
	switch {
	case at.IsZero():
		return t.T("never")
	case d < time.Minute:
		return t.T("ago.now")
	case d < time.Hour:
		return t.Count("ago.minutes", int(d/time.Minute))
	case d < 48*time.Hour:
		return t.Count("ago.hours", int(d/time.Hour))
	}
	return t.Count("ago.days", int(d/(24*time.Hour)))
}

// Home is the first page.
func (t *tongue) Home() string { return t.prefix + "/" }

// To gives the address of a page.
func (t *tongue) To(path string) string { return t.prefix + path }

// Of gives the address of a thing's page: /story/ID.
func (t *tongue) Of(house, id string) string { return t.prefix + "/" + house + "/" + segment(id) }

// segment escapes an id as one segment of a path, even one of dots alone.
func segment(id string) string {
	if strings.Trim(id, ".") == "" {
		return strings.ReplaceAll(id, ".", "%2E")
	}
	return url.PathEscape(id)
}

// titleLimit is how many letters of a headline or name are shown.
const titleLimit = 300

// Short gives text from outside for one line: at most a few hundred letters, without
// what is not to be seen but changes how a line is set.
func (t *tongue) Short(s string) string {
	if s = cut(s, titleLimit); strings.TrimSpace(s) == "" {
		return t.T("untitled")
	}
	return s
}

// Brief is Short for longer texts: what was said, words of a finding.
func (t *tongue) Brief(s string) string { return cut(s, 2*titleLimit) }

// cut gives at most so many letters of s, with an ellipsis where more follow, without
// controls of any kind: in a browser's title bar or a tool tip nothing isolates them.
func cut(s string, letters int) string {
	var b strings.Builder
	n := 0
	for i, r := range s {
		if n == letters {
			return strings.TrimRight(b.String(), " ") + "…"
		}
		switch {
		case r == utf8.RuneError && i+1 > len(s):
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteByte(' ')
		case unicode.Is(unicode.Cc, r) || bidi(r):
			continue
		default:
			b.WriteRune(r)
		}
		n++
	}
	return b.String()
}

// bidi reports whether a letter only sets the direction of what follows.
func bidi(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// Web gives an address of the web as it may stand in a link, else nothing.
func (t *tongue) Web(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || len(address) > 2000 {
		return ""
	}
	return u.String()
}

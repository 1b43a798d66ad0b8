package reader

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/script"
)

// letters counts the letters of a text by script.
type letters struct{ all, arabic, foreign int }

// sampled is how many bytes of a text its language is judged by.
const sampled = 1 << 14

func count(text string) (n letters) {
	for i := 0; i < len(text) && i <= sampled; {
		if script.Basic(text, i) {
			n.all++
			n.arabic++
			i += 2
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if r <= ' ' || !unicode.IsLetter(r) {
			continue
		}
		n.all++
		if script.IsArabic(r) {
			n.arabic++
		}
		if script.IsForeign(r) {
			n.foreign++
		}
	}
	return n
}

// language gives the language of the text: "ar", or "und" with a note that says why its
// findings are not to be relied on.
func language(r *run, text string) string {
	n := count(text)
	switch {
	case n.all == 0:
		r.note("language: the text has no letters, so nothing is read in it")
	case n.arabic*2 < n.all:
		r.note("language: %d of 100 letters are Arabic, so the text is not Arabic and its findings are not to be relied on", n.arabic*100/n.all)
	case n.foreign*100 > n.arabic*4:
		r.note("language: the letters are those of Persian, Urdu or Kurdish, so its findings are not to be relied on")
	default:
		return "ar"
	}
	return "und"
}

// markup notes text that is a page's source.
func markup(r *run, text string) {
	n := 0
	for _, tag := range [...]string{"</p>", "</div>", "</a>", "<br", "</span>", "<p>", "</li>", "</html>"} {
		n += strings.Count(text, tag)
	}
	if n >= 3 {
		r.note("text: it holds HTML tags, which were read as words; give it as a page (--from html)")
	}
}

// little is the number of words under which a text is too short to be judged.
const little = 40

// news notes a text in which nothing was found that news is made of: nobody who did or
// said anything, at no time.
func news(r *run) {
	rec := r.record
	if len(rec.Statements)+len(rec.Events)+len(rec.Commitments) > 0 || rec.Article.Language != "ar" {
		return
	}
	if dated(rec.Times) || strings.Count(rec.Article.Text, " ") < little {
		return
	}
	r.note("news: nobody says or does anything in the text, and nothing is dated, so it may not be news")
}

// dated reports whether a time stands for days of the calendar.
func dated(times []isnad.Time) bool {
	for _, t := range times {
		if t.First != "" || strings.HasPrefix(t.Value, "XXXX-") {
			return true
		}
	}
	return false
}

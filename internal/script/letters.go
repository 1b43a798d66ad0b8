package script

import "unicode/utf8"

// The letters and clitics that the grammar speaks of, in folded spelling.
const (
	Alef  = "ا"
	Hamza = "ء"
	Waw   = "و"
	Fa    = "ف"
	Ba    = "ب"
	Lam   = "ل"
	Kaf   = "ك"
	Sin   = "س"
	Ya    = "ي"
	Ta    = "ت"
	Nun   = "ن"
	Ha    = "ه"
	Mim   = "م"
	Jim   = "ج"
	Ghayn = "غ"
	Tah   = "ط"
	Sad   = "ص"
	Al    = "ال" // the article
	LiAl  = "لل" // ل + ال, written without its alef
	On    = "ون" // sound plural, nominative
	In    = "ين" // sound plural or dual, oblique
	An    = "ان" // dual, nominative
	At    = "ات" // feminine plural
	Wa    = "وا" // they (verb)
	Hum   = "هم"
	Huma  = "هما"
	Hna   = "ها"
	Hunn  = "هن"
	Kum   = "كم"
	Na    = "نا"
	Ni    = "ني"
)

// TaMarbuta is ة as written, for words given back in ordinary spelling.
const TaMarbuta = "ة"

// The prepositions that verbs choose between, in folded spelling.
const (
	Ila   = "الي"
	Ala   = "علي"
	About = "عن"
	From  = "من"
	Fi    = "في"
	Hatta = "حتي"
	Amma  = "اما"

	With    = "مع"
	Against = "ضد"
	Between = "بين"
)

// Ibn is the word between a son's name and his father's, in folded spelling.
const Ibn = "بن"

// damma is the vowel mark u, which a passive has on its first letter.
const damma = '\u064F'

// HasDamma reports whether the first letter of a word as written carries a damma, as a
// passive verb does.
func HasDamma(word string) bool {
	_, n := utf8.DecodeRuneInString(word)
	for _, r := range word[n:] {
		if !IsMark(r) {
			return false
		}
		if r == damma || r == '\u064C' {
			return true
		}
	}
	return false
}

// IsArabic reports whether r is a letter of the Arabic script.
func IsArabic(r rune) bool {
	return r >= 0x620 && r <= 0x64A || r >= 0x66E && r <= 0x6D3 && r != 0x670 || r == 0x6D5 ||
		r >= 0x750 && r <= 0x77F || r >= 0x8A0 && r <= 0x8C7 || r >= 0xFB50 && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC
}

// IsMark reports whether r is a vowel mark, Quranic sign or tatweel: it adds nothing
// to the identity of the word it stands in.
func IsMark(r rune) bool {
	return r >= 0x64B && r <= 0x65F || r == 0x670 || r == 0x640 || r >= 0x610 && r <= 0x61A ||
		r >= 0x6D6 && r <= 0x6DC || r >= 0x6DF && r <= 0x6E4 || r == 0x6E7 || r == 0x6E8 || r >= 0x6EA && r <= 0x6ED ||
		r >= 0x8D3 && r <= 0x8FF || r >= 0x300 && r <= 0x36F
}

// IsInvisible reports whether r is a control without a place of its own: bidi marks,
// embeddings and isolates, joiners, the byte order mark, soft hyphen, variation selectors.
func IsInvisible(r rune) bool {
	return r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x206F ||
		r == 0xFEFF || r == 0xAD || r == 0x61C || r == 0x180E || r >= 0xFE00 && r <= 0xFE0F
}

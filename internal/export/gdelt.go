package export

import (
	"bufio"
	"hash/fnv"
	"io"
	"strconv"
	"strings"

	"github.com/isnad-project/isnad"
)

// cameo gives the CAMEO root code and GDELT's quad class of a PLOVER type, by PLOVER's
// own table (CAMEO2PLOVER, 2021). RETREAT is part of CAMEO's 08, as ASSAULT is of 18–20.
func cameo(plover string) (root string, quad int) {
	switch plover {
	case "AGREE":
		return "03", 1
	case "CONSULT":
		return "04", 1
	case "SUPPORT":
		return "05", 1
	case "COOPERATE":
		return "06", 2
	case "AID":
		return "07", 2
	case "CONCEDE", "RETREAT":
		return "08", 2
	case "REQUEST":
		return "10", 3
	case "ACCUSE":
		return "11", 3
	case "REJECT":
		return "12", 3
	case "THREATEN":
		return "13", 3
	case "PROTEST":
		return "14", 4
	case "MOBILIZE":
		return "15", 4
	case "SANCTION":
		return "16", 4
	case "COERCE":
		return "17", 4
	case "ASSAULT":
		return "18", 4
	}
	return "", 0
}

// The columns of GDELT 2.0's event table that are filled, from 0.
const (
	gdeltID       = 0
	gdeltDay      = 1
	gdeltMonth    = 2
	gdeltYear     = 3
	gdeltActor1   = 5 // code, name, country
	gdeltActor2   = 15
	gdeltRoot     = 25 // is it in the lead
	gdeltCode     = 26
	gdeltBase     = 27
	gdeltTop      = 28
	gdeltQuad     = 29
	gdeltMentions = 31 // mentions, sources, articles
	gdeltPlace    = 52
	gdeltAdded    = 59
	gdeltURL      = 60
	gdeltColumns  = 61
)

// GDELT writes the events that happened in the layout of GDELT 2.0's event table:
// 61 columns parted by tabs, no heading. An event of several actors or recipients gives
// a row for each pair. What Isnad does not tell (Goldstein scale, tone, coordinates)
// stays empty.
func GDELT(w io.Writer, all Holdings) error {
	out := bufio.NewWriter(w)
	for h, err := range all {
		if err != nil {
			return err
		}
		for i := range h.Record.Events {
			if err := pairs(out, &h, i); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

func pairs(w *bufio.Writer, h *isnad.Holding, i int) error {
	e := &h.Record.Events[i]
	root, quad := cameo(e.Type)
	if e.Status != "happened" || root == "" {
		return nil
	}
	for _, actor := range some(e.Actors) {
		for _, recipient := range some(e.Recipients) {
			var c [gdeltColumns]string
			c[gdeltID] = globalID(h.Record.Article.ID, i, actor, recipient)
			c[gdeltDay], c[gdeltMonth], c[gdeltYear] = days(e.Date, h.Record.Article.Published)
			side(c[gdeltActor1:], actor)
			side(c[gdeltActor2:], recipient)
			c[gdeltRoot], c[gdeltCode], c[gdeltBase], c[gdeltTop], c[gdeltQuad] = "1", root, root, root, strconv.Itoa(quad)
			c[gdeltMentions], c[gdeltMentions+1], c[gdeltMentions+2] = "1", "1", "1"
			c[gdeltPlace], c[gdeltURL] = e.Place, h.Record.Article.URL
			if !h.Kept.IsZero() {
				c[gdeltAdded] = h.Kept.UTC().Format("20060102150405")
			}
			if err := line(w, c[:]); err != nil {
				return err
			}
		}
	}
	return nil
}

// some gives all of a list, or one empty string.
func some(all []string) []string {
	if len(all) == 0 {
		return []string{""}
	}
	return all
}

// side fills code, name and country of an actor: a state's code is all three.
func side(c []string, actor string) {
	c[1] = actor
	if len(actor) == 3 && strings.ToUpper(actor) == actor && actor[0] < 0x80 {
		c[0], c[2] = actor, actor
	}
}

// days gives a day as GDELT writes it (YYYYMMDD, YYYYMM, YYYY): of the event where its
// date is a whole one, else of publication.
func days(date, published string) (day, month, year string) {
	for _, d := range [...]string{date, published} {
		if len(d) >= len("2006-01-02") && d[4] == '-' && d[7] == '-' && !strings.Contains(d[:10], "X") {
			return d[:4] + d[5:7] + d[8:10], d[:4] + d[5:7], d[:4]
		}
	}
	return "", "", ""
}

// globalID gives a number that the same event gets at every export.
func globalID(article string, event int, pair ...string) string {
	sum := fnv.New64a()
	io.WriteString(sum, article+"\x00"+strconv.Itoa(event)+"\x00"+strings.Join(pair, "\x00"))
	return strconv.FormatUint(sum.Sum64()>>1, 10)
}

func line(w *bufio.Writer, cells []string) error {
	for i, c := range cells {
		if i > 0 {
			w.WriteByte('\t')
		}
		w.WriteString(strings.Join(strings.Fields(c), " "))
	}
	return w.WriteByte('\n')
}

package shelf

import "github.com/isnad-project/isnad"

// party gives a party's words, or its entity's name where the text has none, and its id.
func party(r *isnad.Record, things []string, p isnad.Source) (name, id string) {
	name = p.Of(r.Article.Text)
	if p.Entity < 0 || p.Entity >= len(things) || p.Entity >= len(r.Entities) {
		return name, ""
	}
	if name == "" {
		name = r.Entities[p.Entity].Name
	}
	return name, things[p.Entity]
}

// StatementRow makes what a list shows of a statement.
func StatementRow(r *isnad.Record, i int, things []string) isnad.StatementRow {
	s, a := &r.Statements[i], &r.Article
	name, id := party(r, things, s.Speaker)
	x := isnad.StatementRow{Article: a.ID, Outlet: a.Outlet, Published: a.Published, Title: a.Title, Index: i,
		Speaker: name, SpeakerKind: s.SpeakerKind, Entity: id, Direct: s.Direct, Cue: s.Cue.Of(a.Text), Content: s.Content.Of(a.Text), Trust: s.Trust}
	for _, v := range s.Via {
		x.Via = append(x.Via, v.Of(a.Text))
	}
	return x
}

// CommitmentRow makes what a list shows of a commitment, without its settlement.
func CommitmentRow(r *isnad.Record, i int, things []string) isnad.CommitmentRow {
	c, a := &r.Commitments[i], &r.Article
	x := isnad.CommitmentRow{Article: a.ID, Outlet: a.Outlet, Published: a.Published, Title: a.Title, Index: i,
		What: c.What.Of(a.Text), Words: c.Of(a.Text), Due: c.Due, Basis: c.Basis, Trust: c.Trust}
	for _, h := range c.By {
		name, id := party(r, things, h)
		x.By = append(x.By, name)
		if id != "" {
			x.Entities = append(x.Entities, id)
		}
	}
	return x
}

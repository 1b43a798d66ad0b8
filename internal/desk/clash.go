package desk

import (
	"context"
	"fmt"
)

// clashes refuses what has the id of an article of another outlet and another text: two
// outlets that count their articles in the same way would else silently replace each
// other's. The same text with another outlet's name is the same article, named better.
func (d *Desk) clashes(ctx context.Context, batch []made) error {
	var ids []string
	for i := range batch {
		if batch[i].poured.Err == nil {
			ids = append(ids, batch[i].poured.ID)
		}
	}
	heads, err := d.Library.Heads(ctx, ids)
	if err != nil {
		return err
	}
	outlets := map[string]string{} // of the articles that are there or come before in the batch
	for _, h := range heads {
		outlets[h.ID] = h.Outlet
	}
	texts := map[string]string{} // of those that come before
	for i := range batch {
		m := &batch[i]
		if m.poured.Err != nil {
			continue
		}
		a := &m.caught.entry.Record.Article
		if other := outlets[a.ID]; other != "" && a.Outlet != "" && other != a.Outlet {
			text, ok := texts[a.ID]
			if !ok {
				h, err := d.Library.Article(ctx, a.ID)
				if err != nil {
					return err
				}
				text = h.Record.Article.Text
			}
			if text != a.Text {
				m.poured.Err = fmt.Errorf("the id %q is that of another article already, of %s; give the articles of %s ids of their own, as with the outlet's name before each", a.ID, other, a.Outlet)
				continue
			}
		}
		outlets[a.ID], texts[a.ID] = a.Outlet, a.Text
	}
	return nil
}

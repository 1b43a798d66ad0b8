package isnad

// The parts of a published record, each as its wire type says.

func (s *scanner) article(a *wireArticle) {
	s.object(func(name string) bool {
		switch name {
		case "id":
			s.text(&a.ID)
		case "url":
			s.text(&a.URL)
		case "outlet":
			s.text(&a.Outlet)
		case "title":
			s.text(&a.Title)
		case "byline":
			s.text(&a.Byline)
		case "agency":
			s.text(&a.Agency)
		case "published":
			s.text(&a.Published)
		case "modified":
			s.text(&a.Modified)
		case "extractor":
			s.text(&a.Extractor)
		case "language":
			s.text(&a.Language)
		case "text":
			s.text(&a.Text)
		case "cut":
			list(s, &a.Cut, s.cut)
		default:
			return false
		}
		return true
	})
}

func (s *scanner) cut(c *Cut) {
	s.object(func(name string) bool {
		switch name {
		case "text":
			s.text(&c.Text)
		case "reason":
			s.text((*string)(&c.Reason))
		default:
			return false
		}
		return true
	})
}

// inSpan reads a field of a span.
func (s *scanner) inSpan(w *wireSpan, name string) bool {
	switch name {
	case "start":
		s.whole(&w.Start)
	case "end":
		s.whole(&w.End)
	case "text":
		s.text(&w.Text)
	default:
		return false
	}
	return true
}

// inFinding reads a field that every finding has.
func (s *scanner) inFinding(w *wireSpan, t *wireTrust, name string) bool {
	switch name {
	case "rule":
		s.text(&t.Rule)
	case "confidence":
		s.number(&t.Confidence)
	default:
		return s.inSpan(w, name)
	}
	return true
}

func (s *scanner) span(w *wireSpan) {
	s.object(func(name string) bool { return s.inSpan(w, name) })
}

func (s *scanner) source(w *wireSource) {
	s.object(func(name string) bool {
		if name == "entity" {
			s.index(&w.Entity)
			return true
		}
		return s.inSpan(&w.wireSpan, name)
	})
}

func (s *scanner) speaker(w *wireSpeaker) {
	s.object(func(name string) bool {
		switch name {
		case "kind":
			s.text((*string)(&w.Kind))
		case "entity":
			s.index(&w.Entity)
		default:
			return s.inSpan(&w.wireSpan, name)
		}
		return true
	})
}

func (s *scanner) entity(w *wireEntity) {
	s.object(func(name string) bool {
		switch name {
		case "name":
			s.text(&w.Name)
		case "kind":
			s.text((*string)(&w.Kind))
		case "role":
			s.text(&w.Role)
		case "country":
			s.text(&w.Country)
		default:
			return false
		}
		return true
	})
}

func (s *scanner) name(w *wireName) {
	s.object(func(name string) bool {
		switch name {
		case "kind":
			s.text((*string)(&w.Kind))
		case "entity":
			s.index(&w.Entity)
		default:
			return s.inFinding(&w.wireSpan, &w.wireTrust, name)
		}
		return true
	})
}

func (s *scanner) time(w *wireTime) {
	s.object(func(name string) bool {
		switch name {
		case "type":
			s.text(&w.Type)
		case "value":
			s.text(&w.Value)
		case "mod":
			s.text(&w.Mod)
		case "first":
			s.text(&w.First)
		case "last":
			s.text(&w.Last)
		default:
			return s.inFinding(&w.wireSpan, &w.wireTrust, name)
		}
		return true
	})
}

func (s *scanner) quantity(w *wireQuantity) {
	s.object(func(name string) bool {
		switch name {
		case "value":
			s.number(&w.Value)
		case "max":
			maybe(s, &w.Max, s.number)
		case "unit":
			s.text(&w.Unit)
		case "mod":
			s.text(&w.Mod)
		default:
			return s.inFinding(&w.wireSpan, &w.wireTrust, name)
		}
		return true
	})
}

func (s *scanner) statement(w *wireStatement) {
	s.object(func(name string) bool {
		switch name {
		case "speaker":
			s.speaker(&w.Speaker)
		case "via":
			list(s, &w.Via, s.source)
		case "to":
			maybe(s, &w.To, s.span)
		case "mode":
			s.text(&w.Mode)
		case "cue":
			maybe(s, &w.Cue, s.span)
		case "content":
			s.span(&w.Content)
		default:
			return s.inFinding(&w.wireSpan, &w.wireTrust, name)
		}
		return true
	})
}

func (s *scanner) event(w *wireEvent) {
	s.object(func(name string) bool {
		switch name {
		case "type":
			s.text(&w.Type)
		case "trigger":
			s.span(&w.Trigger)
		case "actors":
			list(s, &w.Actors, s.text)
		case "recipients":
			list(s, &w.Recipients, s.text)
		case "date":
			s.text(&w.Date)
		case "place":
			s.text(&w.Place)
		case "status":
			s.text(&w.Status)
		case "statement":
			s.index(&w.Statement)
		default:
			return s.inFinding(&w.wireSpan, &w.wireTrust, name)
		}
		return true
	})
}

func (s *scanner) commitment(w *wireCommitment) {
	s.object(func(name string) bool {
		switch name {
		case "by":
			list(s, &w.By, s.source)
		case "to":
			maybe(s, &w.To, s.source)
		case "what":
			s.span(&w.What)
		case "due":
			s.text(&w.Due)
		case "basis":
			s.text(&w.Basis)
		case "statement":
			s.index(&w.Statement)
		default:
			return s.inFinding(&w.wireSpan, &w.wireTrust, name)
		}
		return true
	})
}

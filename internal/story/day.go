package story

import "time"

// NoDay stands for the day of articles without one.
const NoDay = undated

// DayOf gives the day of a date or date-time, as it is written, in days since 1970; NoDay
// where there is none.
func DayOf(published string) int {
	if len(published) > len(time.DateOnly) {
		published = published[:len(time.DateOnly)]
	}
	t, err := time.Parse(time.DateOnly, published)
	if err != nil {
		return NoDay
	}
	return int(t.Unix() / (24 * 60 * 60))
}

// Date gives a day as an ISO date, NoDay as an empty string.
func Date(day int) string {
	if day == NoDay {
		return ""
	}
	return time.Unix(int64(day)*24*60*60, 0).UTC().Format(time.DateOnly)
}

// KeptOn makes s a sketch of a day. The day is that of the outlet's own clock, by which a
// library keeps the article; a sketch tells the minute by one clock for all, by which it
// may be of the day before or after.
func (s *Sketch) KeptOn(day int) {
	const minutes = 24 * 60
	switch m := s.Minute; {
	case day == NoDay:
		s.Minute = Undated
	case m != Undated:
		s.Minute = min(max(m, int64(day)*minutes), int64(day+1)*minutes-1)
	}
}

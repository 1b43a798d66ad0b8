package fetch

import (
	"net/http"
	"strings"
	"time"
)

// The bounds of waiting. A host that asks for a year is asked again tomorrow.
const (
	maxQuiet     = 24 * time.Hour
	firstBackoff = 30 * time.Second
	maxBackoff   = 6 * time.Hour
)

// RetryAfter reads the value of a Retry-After header (RFC 9110, 10.2.3): seconds, or an
// HTTP date. The moment given is never before now and at most a day after it; ok is
// false when the value says nothing.
func RetryAfter(value string, now time.Time) (at time.Time, ok bool) {
	value = strings.TrimSpace(value)
	if value == "" {
		return time.Time{}, false
	}
	if wait, ok := seconds(value); ok {
		return now.Add(wait), true
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return time.Time{}, false
	}
	if at.Before(now) {
		return now, true
	}
	if latest := now.Add(maxQuiet); at.After(latest) {
		return latest, true
	}
	return at, true
}

// seconds reads a whole number of seconds, at most maxQuiet.
func seconds(s string) (time.Duration, bool) {
	var n time.Duration
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = min(n*10+time.Duration(s[i]-'0'), maxQuiet/time.Second)
	}
	return n * time.Second, true
}

// Backoff gives how long to wait before another try after attempt failures in a row
// (the first is 1) when the host named no time: it doubles from half a minute to six
// hours, and the later half of it is left to chance so that many sources which failed
// together do not come back together.
func (f *Fetcher) Backoff(attempt int) time.Duration {
	d := firstBackoff
	for i := 1; i < attempt && d < maxBackoff; i++ {
		d *= 2
	}
	d = min(d, maxBackoff)
	chance := min(max(f.o.Jitter(), 0), 1)
	return d/2 + time.Duration(chance*float64(d/2))
}

package fetch

import (
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2024, 3, 11, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"120": 2 * time.Minute, " 7 ": 7 * time.Second, "0": 0, "86401": maxQuiet, "99999999999999999999999": maxQuiet,
		"Mon, 11 Mar 2024 12:10:00 GMT": 10 * time.Minute, "Monday, 11-Mar-24 12:10:00 GMT": 10 * time.Minute,
		"Mon Mar 11 12:10:00 2024": 10 * time.Minute, "Sun, 10 Mar 2024 12:10:00 GMT": 0, "Mon, 11 Mar 2034 12:10:00 GMT": maxQuiet,
		"": -1, "soon": -1, "-5": -1, "1.5": -1, "غدا": -1, "12 s": -1,
	} {
		at, ok := RetryAfter(value, now)
		if ok != (want >= 0) || ok && !at.Equal(now.Add(want)) {
			t.Errorf("%q: %v, %v; want %v", value, at, ok, want)
		}
	}
}

func FuzzRetryAfter(f *testing.F) {
	for _, s := range []string{"120", "Mon, 11 Mar 2024 12:10:00 GMT", "-1", "9223372036854775807", "٣٠"} {
		f.Add(s)
	}
	now := time.Date(2024, 3, 11, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, value string) {
		at, ok := RetryAfter(value, now)
		if ok && (at.Before(now) || at.After(now.Add(maxQuiet))) || !ok && !at.IsZero() {
			t.Errorf("%q: %v, %v", value, at, ok)
		}
	})
}

func TestBackoff(t *testing.T) {
	chance := 0.0
	f := New(Options{Jitter: func() float64 { return chance }})
	defer f.Close()
	for attempt, want := range map[int]time.Duration{-3: 30 * time.Second, 0: 30 * time.Second, 1: 30 * time.Second, 2: time.Minute, 5: 8 * time.Minute, 11: maxBackoff, 1 << 30: maxBackoff} {
		for _, c := range []float64{0, 0.5, 1} {
			chance = c
			if got, want := f.Backoff(attempt), want/2+time.Duration(c*float64(want/2)); got != want {
				t.Errorf("attempt %d, chance %v: %v, want %v", attempt, c, got, want)
			}
		}
	}
}

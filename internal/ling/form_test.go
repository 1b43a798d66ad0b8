package ling

import (
	"fmt"
	"reflect"
	"sync"
	"testing"
)

// TestFormsRemembered analyzes more forms than are remembered, from two sides at once: each must be told of as if it
// were met for the first time.
func TestFormsRemembered(t *testing.T) {
	a := analyzer(t)
	n := 3 * remembered / 2
	if testing.Short() {
		n = remembered / 8
	}
	common := []string{"والعراق", "وقال", "بتوقيت", "سيزور", "للأمم", "كتابهم", "فالحكومة"}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for i := range n {
				form := common[i%len(common)]
				if i%3 > 0 {
					form = fmt.Sprint("كلم", string(rune(0x627+i%36)), string(rune(0x627+i/36%36)), string(rune(0x627+i/36/36%36)), string(rune(0x627+i/36/36/36)))
				}
				got, want := *a.analysis(&Token{Fold: form}), *a.analyze(form)
				want.Hash = hash(form)
				if !reflect.DeepEqual(got, want) {
					t.Errorf("%s: %+v, afresh %+v", form, got, want)
					return
				}
			}
		})
	}
	wg.Wait()
}

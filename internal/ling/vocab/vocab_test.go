package vocab

import "testing"

func load(t testing.TB) *Vocab {
	t.Helper()
	v, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestLook(t *testing.T) {
	v := load(t)
	for _, tc := range []struct {
		fold     string
		has, not POS
	}{
		{"قال", VerbPerfect, Noun | VerbImperfect},
		{"اصيب", VerbPerfect, 0},
		{"قيل", VerbPerfect, 0},
		{"يقال", VerbImperfect, VerbPerfect},
		{"يعتقدون", VerbImperfect, VerbPerfect},
		{"بيان", Noun, Verb},
		{"وزير", Noun, Verb},
		{"العسكريه", Adj, Verb},
		{"بغداد", Proper, Verb},
		{"عليهم", Particle, VerbImperfect},
		{"لهم", Particle, Proper},
	} {
		w, ok := v.Look(tc.fold)
		if !ok || w.POS&tc.has != tc.has || w.POS&tc.not != 0 || w.Count == 0 {
			t.Errorf("%s: %v %06b count %d, want %06b and not %06b", tc.fold, ok, w.POS, w.Count, tc.has, tc.not)
		}
	}
	if w, ok := v.Look("كلمهلاتوجد"); ok {
		t.Errorf("an unknown form gives %v", w)
	}
}

func TestFormsRoundTrip(t *testing.T) {
	v := load(t)
	list := make([]Entry, v.Len())
	for i := range list {
		form, w := v.Form(i)
		list[i] = Entry{form, w}
		if got, ok := v.Look(form); !ok || got != w {
			t.Fatalf("%s: Look gives %v %v, want %v", form, got, ok, w)
		}
	}
	file, err := Pack(list)
	if err != nil {
		t.Fatal(err)
	}
	if string(file) != string(packed) {
		t.Error("packing what was unpacked gives other bytes")
	}
}

func TestUnpackRefusesDamage(t *testing.T) {
	for _, at := range []int{0, len(magic), len(packed) / 2, len(packed) - 1} {
		bad := []byte(string(packed))
		bad[at] ^= 1
		if _, err := Unpack(bad); err == nil {
			t.Errorf("no error with byte %d changed", at)
		}
	}
	if _, err := Unpack(packed[:20]); err == nil {
		t.Error("no error for a cut file")
	}
}

func TestLookDoesNotAllocate(t *testing.T) {
	v := load(t)
	if n := testing.AllocsPerRun(100, func() { v.Look("الرءيس") }); n != 0 {
		t.Errorf("%v allocations a lookup", n)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}

func BenchmarkLook(b *testing.B) {
	v := load(b)
	for b.Loop() {
		v.Look("الرءيس")
	}
}

package corpus

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

func TestJoinAndTags(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tagged")
	if err := os.WriteFile(path, []byte("زار O\nجون B-PERS\nسميث I-PERS\n\" O\nدار B-ORG\nالسلام I-ORG\n\" O\n. O\n\nمصر I-LOC\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	list, err := ReadTagged(path)
	if err != nil {
		t.Fatal(err)
	}
	text := Join(list)
	if want := "زار جون سميث \"دار السلام\".\n\nمصر\n\n"; text.Text != want {
		t.Errorf("%q, want %q", text.Text, want)
	}
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	d := ling.New(&lex.Lexicon{}, v).Analyze(text.Text)
	if got, want := text.Tags(d), []uint8{0, 1, 2, 0, 3, 4, 0, 0, 5}; !slices.Equal(got, want) {
		t.Errorf("tags %v, want %v", got, want)
	}
}

func TestReadNested(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nested")
	if err := os.WriteFile(path, []byte("سكرتير B-OCC\nاللجنة I-OCC B-ORG\nفي I-OCC I-ORG\nنابلس I-OCC I-ORG B-GPE\nثم O\nنابلس B-GPE\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	list, err := ReadNested(path)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := list[0].Tags, []uint8{0, 3, 4, 4, 0, 5}; !slices.Equal(got, want) {
		t.Errorf("tags %v, want %v", got, want)
	}
}

func TestWords(t *testing.T) {
	var got []string
	Words("قالَ «الرئيسُ» 12 مرة/مرّتين", func(w string) { got = append(got, w) })
	if want := []string{"قال", "الرءيس", "مره", "مرتين"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

package main

import (
	"bytes"
	"cmp"
	"context"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// pictures are where the README's pictures lie, and pictureLimit how many bytes one may have.
const (
	pictures     = "../../docs/pictures"
	pictureLimit = 150_000
)

// picture is a page as the README shows it.
type picture struct {
	name   string
	path   string   // where it begins
	clicks []string // what is clicked on the way, and what is seen then
	look   string
	height int64
}

// TestPictures makes the README's pictures of the sample newsroom and wants them to show
// something; -update writes them.
func TestPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	ctx := chromium(t)
	s := up(t, "--demo")
	for _, p := range []picture{
		{name: "today", path: "/?days=7", look: "light", height: 900},
		{name: "story", path: "/disagreements", clicks: []string{".list h2 a, .list h3 a", "table.values"}, look: "light", height: 1000},
		{name: "article", path: "/disagreements", clicks: []string{"table.values td a", ".text .at", ".text a.statement, .text a.m", ".card:target .facts"}, look: "light", height: 1150},
		{name: "commitments", path: "/en/commitments?when=all", look: "dark", height: 900},
	} {
		t.Run(p.name, func(t *testing.T) {
			b := p.take(t, ctx, s.at)
			file := filepath.Join(pictures, p.name+".png")
			if *update {
				if err := os.MkdirAll(pictures, 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, b, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			kept, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for what, b := range map[string][]byte{"the page": b, file: kept} {
				if n := colors(t, b); n < 30 {
					t.Errorf("%s shows nothing: %d colors", what, n)
				}
			}
			if len(kept) > pictureLimit {
				t.Errorf("%s has %d bytes", file, len(kept))
			}
		})
	}
}

// take shows a page and gives its picture.
func (p picture) take(t *testing.T, ctx context.Context, at string) []byte {
	t.Helper()
	ctx, stop := context.WithTimeout(ctx, 2*time.Minute)
	defer stop()
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: p.look}}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, media); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, p.height), chromedp.Navigate(at+p.path)); err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(p.clicks); i += 2 {
		if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS(p.clicks[i])), chromedp.WaitVisible(chromedp.CSS(p.clicks[i+1]))); err != nil {
			t.Fatalf("%s: %v", p.clicks[i], err)
		}
	}
	b, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	return smaller(t, b)
}

// smaller packs a picture more tightly: into the 256 colors that it has most of.
func smaller(t *testing.T, b []byte) []byte {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	often := map[color.RGBA]int{}
	box := m.Bounds()
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(m.At(x, y)).(color.RGBA) }
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			often[at(x, y)]++
		}
	}
	all := slices.SortedFunc(maps.Keys(often), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(often[b], often[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	few := color.Palette{}
	for _, c := range all[:min(len(all), 256)] {
		few = append(few, c)
	}
	nearest := map[color.RGBA]uint8{}
	for _, c := range all {
		nearest[c] = uint8(few.Index(c))
	}
	small := image.NewPaletted(box, few)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			small.SetColorIndex(x, y, nearest[at(x, y)])
		}
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, small); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// colors counts the colors of a picture.
func colors(t *testing.T, b []byte) int {
	t.Helper()
	m, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[[3]uint32]bool{}
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y += 2 {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x += 2 {
			r, g, b, _ := m.At(x, y).RGBA()
			seen[[3]uint32{r, g, b}] = true
		}
	}
	return len(seen)
}

// TestPicturesShown wants every picture in the README, with words for who cannot see it.
func TestPicturesShown(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	all, err := filepath.Glob(pictures + "/*.png")
	if err != nil || len(all) == 0 {
		t.Fatal(all, err)
	}
	for _, file := range all {
		at := "](docs/pictures/" + filepath.Base(file) + ")"
		before, _, ok := strings.Cut(string(readme), at)
		if !ok || strings.HasSuffix(before, "![") {
			t.Errorf("the README does not show %s, or has no words for it", file)
		}
	}
}

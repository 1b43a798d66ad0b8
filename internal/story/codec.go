package story

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// The kept form of a sketch: a byte of version, then
//
//	uvarint length of the id, the id
//	varint minute
//	uvarint number of terms; each: uvarint hash less the hash before, uint16 weight (little endian)
//	uvarint number of prints; each: uvarint print less the print before
//	uvarint size
const version = 1

var errSketch = errors.New("sketch is damaged or of another version; make it again from its record")

// AppendBinary appends the kept form of s to b. It never fails.
func (s *Sketch) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, version)
	b = binary.AppendUvarint(b, uint64(len(s.ID)))
	b = append(b, s.ID...)
	b = binary.AppendVarint(b, s.Minute)
	b = binary.AppendUvarint(b, uint64(len(s.Terms)))
	last := uint32(0)
	for _, t := range s.Terms {
		b = binary.AppendUvarint(b, uint64(t.Hash-last))
		b = binary.LittleEndian.AppendUint16(b, t.Weight)
		last = t.Hash
	}
	b = binary.AppendUvarint(b, uint64(len(s.Prints)))
	last = 0
	for _, p := range s.Prints {
		b = binary.AppendUvarint(b, uint64(p-last))
		last = p
	}
	return binary.AppendUvarint(b, uint64(s.Size)), nil
}

// MarshalBinary gives the kept form of s.
func (s *Sketch) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

// UnmarshalBinary reads the kept form back. It fails on damage and on another version.
func (s *Sketch) UnmarshalBinary(b []byte) error {
	if len(b) == 0 || b[0] != version {
		return errSketch
	}
	d := decoder{rest: b[1:]}
	var out Sketch
	out.ID = string(d.take(d.count(math.MaxInt32)))
	out.Minute = d.signed()
	if n := d.count(mostTerms); n > 0 {
		out.Terms = make([]Term, n)
	}
	last := uint64(0)
	for i := range out.Terms {
		last += d.unsigned()
		w := d.take(2)
		if d.bad || last > math.MaxUint32 {
			return errSketch
		}
		out.Terms[i] = Term{uint32(last), binary.LittleEndian.Uint16(w)}
	}
	if n := d.count(mostPrints); n > 0 {
		out.Prints = make([]uint32, n)
	}
	last = 0
	for i := range out.Prints {
		if last += d.unsigned(); last > math.MaxUint32 {
			return errSketch
		}
		out.Prints[i] = uint32(last)
	}
	out.Size = d.count(math.MaxInt32)
	if d.bad || len(d.rest) > 0 {
		return fmt.Errorf("%w (%d bytes)", errSketch, len(b))
	}
	*s = out
	return nil
}

// decoder reads numbers until the first that is not well formed.
type decoder struct {
	rest []byte
	bad  bool
}

func (d *decoder) unsigned() uint64 {
	v, n := binary.Uvarint(d.rest)
	if n <= 0 {
		d.bad, d.rest = true, nil
		return 0
	}
	d.rest = d.rest[n:]
	return v
}

func (d *decoder) signed() int64 {
	v, n := binary.Varint(d.rest)
	if n <= 0 {
		d.bad, d.rest = true, nil
		return 0
	}
	d.rest = d.rest[n:]
	return v
}

func (d *decoder) count(most uint64) int {
	v := d.unsigned()
	if v > most {
		d.bad, d.rest = true, nil
		return 0
	}
	return int(v)
}

func (d *decoder) take(n int) []byte {
	if n > len(d.rest) {
		d.bad, d.rest = true, nil
		return make([]byte, min(n, 2))
	}
	out := d.rest[:n]
	d.rest = d.rest[n:]
	return out
}

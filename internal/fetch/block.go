package fetch

import "bytes"

// Block gives head and body as one HTTP message that any reader of archives takes: the
// block of a WARC response record. As the chunks of a chunked body are joined in Wire,
// the line that speaks of them is renamed; all else is as it came.
func (r *Response) Block() []byte {
	const name, renamed = "transfer-encoding:", "X-Original-Transfer-Encoding:"
	b := make([]byte, 0, len(r.Head)+len(r.Wire)+16)
	for line := range bytes.Lines(r.Head) {
		if len(line) > len(name) && bytes.EqualFold(line[:len(name)], []byte(name)) {
			b = append(b, renamed...)
			line = line[len(name):]
		}
		b = append(b, line...)
	}
	return append(b, r.Wire...)
}

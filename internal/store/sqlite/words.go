package sqlite

import (
	"bytes"
	"encoding/binary"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3-wasm/v6/fts5"
	"github.com/ncruces/go-sqlite3/util/sql3util"
)

// index is FTS5 on one connection, with the two functions that it calls here: the
// tokenizer and the ranking.
//
// The binding is our own, not ext/fts5 of go-sqlite3 v0.37: that one leaves the stack
// pointer on four bytes when it calls FTS5, whose code counts on sixteen and then
// writes elsewhere, and it copies each token.
type index struct {
	*sqlite3.ExtEnv
	*fts5.Module
	score scorer
}

// names of the functions in SQL.
const (
	tokenizerName = "forms"
	rankingName   = "fit"
)

// newIndex makes FTS5 known to a connection.
func newIndex(c *sqlite3.Conn) (*index, error) {
	x := new(index)
	//lint:ignore SA1019 the other way to say it needs Go 1.27
	err := sqlite3.ExtensionInit(c, func(e *sqlite3.ExtEnv) *fts5.Module {
		x.ExtEnv = e
		x.Module = fts5.New(x)
		return x.Module
	}, fts5.DylinkInfo)
	if err != nil {
		return nil, err
	}
	tokenizer, ranking := x.NewString(tokenizerName), x.NewString(rankingName)
	defer x.Free(tokenizer)
	defer x.Free(ranking)
	if err := sql3util.CodeToError(x.Xfts5_xCreateTokenizer_v2(int32(tokenizer), int32(x.AddHandle(handle{})))); err != nil {
		return nil, err
	}
	return x, sql3util.CodeToError(x.Xfts5_xCreateFunction(int32(ranking), int32(x.AddHandle(handle{}))))
}

// word reads a 32-bit number of the connection's memory.
func (x *index) word(at int32) int32 {
	return int32(binary.LittleEndian.Uint32(x.Memory.Buf[uint32(at):]))
}

// Xgo_fts5_create is called for each table with our tokenizer.
func (x *index) Xgo_fts5_create(_, _, _, out int32) int32 {
	binary.LittleEndian.PutUint32(x.Memory.Buf[uint32(out):], uint32(x.AddHandle(handle{})))
	return 0
}

// Xgo_fts5_tokenize cuts a text into tokens. The index of words is fed search forms that
// are made already, one space apart: they are made outside the transaction, and once.
func (x *index) Xgo_fts5_tokenize(_, context, _, text, size, _, _, token int32) int32 {
	for start := int32(0); start < size; {
		rest := x.Memory.Buf[uint32(text+start):uint32(text+size)]
		n := int32(bytes.IndexByte(rest, ' '))
		if n < 0 {
			n = size - start
		}
		if n > 0 {
			if rc := x.Xfts5_xToken(token, context, 0, text+start, n, start, start+n); rc != 0 {
				return rc
			}
		}
		start += n + 1
	}
	return 0
}

// Xgo_fts5_token is of no use here: nothing calls our tokenizer but FTS5.
func (x *index) Xgo_fts5_token(_, _, _, _, _, _ int32) int32 { return 0 }

// Xgo_fts5_function ranks a row.
func (x *index) Xgo_fts5_function(_, row, result, _, _ int32) {
	top := x.X__stack_pointer()
	old := *top
	defer func() { *top = old }()
	*top -= 16
	score, rc := x.score.fit(x, row, *top)
	if rc != 0 {
		x.Xsqlite3_result_error_code(result, rc)
		return
	}
	x.Xsqlite3_result_double(result, score)
}

// handle stands where SQLite wants a pointer of ours: there is one index to a connection.
type handle struct{}

package evidence

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Backup copies the evidence, as far as it was appended when the copy began, to a folder
// that holds none, and makes the copy durable. Writing goes on meanwhile.
func (f *Folder) Backup(ctx context.Context, dir string) error {
	if err := f.Sync(); err != nil {
		return err
	}
	files, err := f.files()
	if err != nil {
		return err
	}
	to, err := f.extents(files)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("make the folder of the copy: %w", explain(err))
	}
	for _, n := range files {
		if err := f.copy(ctx, n.file, to[n.file], dir); err != nil {
			return fmt.Errorf("copy the evidence file %s to %s: %w", n.file, dir, explain(err))
		}
	}
	return nil
}

// copy copies the first bytes of a file.
func (f *Folder) copy(ctx context.Context, name string, n int64, dir string) (err error) {
	in, err := os.Open(filepath.Join(f.dir, name))
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if _, err := io.Copy(out, ended{ctx, io.LimitReader(in, n)}); err != nil {
		return err
	}
	return out.Sync()
}

// ended is a reader that ends with its context.
type ended struct {
	ctx context.Context
	in  io.Reader
}

func (e ended) Read(b []byte) (int, error) {
	if err := e.ctx.Err(); err != nil {
		return 0, err
	}
	return e.in.Read(b)
}

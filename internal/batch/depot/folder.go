package depot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// folder keeps things as files. A file is written under another name and then renamed.
type folder string

func newFolder(dir string) (folder, error) {
	full, err := filepath.Abs(dir)
	if err == nil {
		err = os.MkdirAll(full, 0o777)
	}
	if err != nil {
		return "", fmt.Errorf("make the folder: %w", err)
	}
	return folder(full), nil
}

func (d folder) String() string { return string(d) }

func (d folder) path(name string) string { return filepath.Join(string(d), filepath.FromSlash(name)) }

// beside is how the names of files begin that are being written.
const beside = ".part-"

// write writes a file beside the place of a thing, durably.
func (d folder) write(name string, in io.Reader) (temp string, err error) {
	path := d.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(path), beside+"*")
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, in)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// Put writes a file and renames it.
func (d folder) Put(_ context.Context, name string, in io.ReadSeeker, _ int64) error {
	temp, err := d.write(name, in)
	if err != nil {
		return fmt.Errorf("write %s: %w", d.path(name), err)
	}
	if err := os.Rename(temp, d.path(name)); err != nil {
		os.Remove(temp)
		return err
	}
	return nil
}

// Claim links a written file to its name, which one process alone can.
func (d folder) Claim(_ context.Context, name string, b []byte) (bool, error) {
	temp, err := d.write(name, strings.NewReader(string(b)))
	if err != nil {
		return false, fmt.Errorf("write %s: %w", d.path(name), err)
	}
	defer os.Remove(temp)
	err = os.Link(temp, d.path(name))
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	return err == nil, err
}

// Get reads a file.
func (d folder) Get(_ context.Context, name string) ([]byte, error) {
	b, err := os.ReadFile(d.path(name))
	return b, none(err)
}

// Open opens a stretch of a file.
func (d folder) Open(_ context.Context, name string, offset, length int64) (io.ReadCloser, error) {
	f, err := os.Open(d.path(name))
	if err != nil {
		return nil, none(err)
	}
	return struct {
		io.Reader
		io.Closer
	}{io.NewSectionReader(f, offset, length), f}, nil
}

func none(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %w", ErrNone, err)
	}
	return err
}

// List goes through the folder of a prefix.
func (d folder) List(_ context.Context, prefix string) ([]string, error) {
	root := d.path(prefix)
	if !strings.HasSuffix(prefix, "/") {
		root = filepath.Dir(root)
	}
	var names []string
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // taken away meanwhile, or never made
			return nil
		case err != nil:
			return err
		case e.IsDir() || strings.HasPrefix(e.Name(), beside):
			return nil
		}
		name, err := filepath.Rel(string(d), path)
		if name = filepath.ToSlash(name); strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
		return err
	})
	slices.Sort(names)
	return names, err
}

// Remove removes a file.
func (d folder) Remove(_ context.Context, name string) error {
	err := os.Remove(d.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Clear removes a folder.
func (d folder) Clear(_ context.Context, word string) error { return os.RemoveAll(d.path(word)) }

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"strings"
	"text/tabwriter"
	"time"

	"golang.org/x/term"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/access"
	"github.com/isnad-project/isnad/internal/store"
)

type userVerb struct {
	Add      userAdd      `cmd:"" help:"Make a user, the first an admin; from then on all must sign in."`
	List     userList     `cmd:"" help:"List the users."`
	Role     userRole     `cmd:"" help:"Give a user another role."`
	Password userPassword `cmd:"" help:"Give a user another password; all browsers are signed out."`
	Remove   userRemove   `cmd:"" help:"Remove a user with all keys."`
	Key      userKey      `cmd:"" help:"Make a key with which a program comes in for a user; list or revoke keys."`
}

// enter opens a library for changing users in it, beside a server at work.
func (l library) enter(ctx context.Context) (*access.Door, func(), error) {
	lib, err := store.Open(ctx, l.Library, store.Options{})
	if err != nil {
		return nil, nil, err
	}
	return access.New(lib, access.Options{}), func() { lib.Close() }, nil
}

// hand is who uses the command.
func hand() access.Visitor {
	v := access.Visitor{Role: access.Admin, From: "command"}
	if u, err := user.Current(); err == nil {
		v.From = "command, " + u.Username
	}
	return v
}

// noted adds to a library's log what was done by the command.
func noted(w world, lib isnad.Library, do, to, note string) error {
	v := hand()
	return lib.Note(w.ctx, isnad.Act{At: time.Now(), By: v.Name, From: v.From, Do: do, To: to, Note: note})
}

// change does something with users.
func (l library) change(w world, do func(*access.Door) error) error {
	d, end, err := l.enter(w.ctx)
	if err != nil {
		return err
	}
	defer end()
	return do(d)
}

type userAdd struct {
	library
	Name string      `arg:"" help:"Letters and digits, with . - _ @ between."`
	Role access.Role `help:"reader sees, editor also changes, admin also makes users." default:"reader" placeholder:"ROLE"`
}

// Run makes a user; the password is asked for.
func (v *userAdd) Run(w world) error {
	return v.change(w, func(d *access.Door) error {
		password, err := ask(w, "password of "+v.Name)
		if err != nil {
			return err
		}
		return d.Add(w.ctx, hand(), v.Name, v.Role, password)
	})
}

// passwordLimit is the most bytes of a password that are read.
const passwordLimit = 4096

// ask reads a password: from a terminal twice, without showing it, else the first line.
func ask(w world, what string) (string, error) {
	f, ok := w.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(w.in, passwordLimit)).ReadString('\n')
		if err != nil && (!errors.Is(err, io.EOF) || line == "") {
			return "", fmt.Errorf("read the %s from standard input: %w", what, err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	fmt.Fprintf(w.err, "%s: ", what)
	first, err := hidden(w.ctx, int(f.Fd()))
	if err != nil {
		return "", err
	}
	fmt.Fprint(w.err, "\nagain: ")
	second, err := hidden(w.ctx, int(f.Fd()))
	fmt.Fprintln(w.err)
	if err == nil && !bytes.Equal(first, second) {
		err = errors.New("the two passwords differ")
	}
	return string(first), err
}

// hidden reads a line of a terminal without showing it. When ctx ends first the terminal
// shows again what is typed; the read is left to end with the program.
func hidden(ctx context.Context, terminal int) ([]byte, error) {
	before, err := term.GetState(terminal)
	if err != nil {
		return nil, err
	}
	type line struct {
		typed []byte
		err   error
	}
	read := make(chan line, 1)
	go func() {
		b, err := term.ReadPassword(terminal)
		read <- line{b, err}
	}()
	select {
	case l := <-read:
		return l.typed, l.err
	case <-ctx.Done():
		return nil, errors.Join(ctx.Err(), term.Restore(terminal, before))
	}
}

type userList struct {
	library
	JSON bool `name:"json" help:"Give JSON Lines."`
}

// told is what is told of a user: nothing of the password.
type told struct {
	Name    string      `json:"name"`
	Role    access.Role `json:"role"`
	Made    time.Time   `json:"made"`
	Changed time.Time   `json:"changed"` // the password
	Keys    int         `json:"keys"`
}

// Run lists the users.
func (v *userList) Run(w world) error {
	lib, err := v.read(w.ctx)
	if err != nil {
		return err
	}
	defer lib.Close()
	d := access.New(lib, access.Options{})
	users, err := d.Users(w.ctx)
	if err != nil {
		return err
	}
	var all []told
	for _, u := range users {
		keys, err := d.Keys(w.ctx, u.Name)
		if err != nil {
			return err
		}
		all = append(all, told{u.Name, u.Role, u.Made, u.Changed, len(keys)})
	}
	if v.JSON {
		return jsonLines(w, all)
	}
	return table(w, all, func(u told) string { return fmt.Sprintf("%s\t%s\t%s\t%d keys", u.Name, u.Role, day(u.Made), u.Keys) })
}

// table writes rows of cells parted by tabs.
func table[T any](w world, all []T, row func(T) string) error {
	out := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', 0)
	for _, x := range all {
		fmt.Fprintln(out, row(x))
	}
	return out.Flush()
}

func day(t time.Time) string { return t.Format(time.DateOnly) }

type userRole struct {
	library
	Name string      `arg:"" help:"The user."`
	Role access.Role `arg:"" help:"reader, editor or admin."`
}

// Run gives a user another role.
func (v *userRole) Run(w world) error {
	return v.change(w, func(d *access.Door) error { return d.SetRole(w.ctx, hand(), v.Name, v.Role) })
}

type userPassword struct {
	library
	Name string `arg:"" help:"The user."`
}

// Run gives a user another password, which is asked for.
func (v *userPassword) Run(w world) error {
	return v.change(w, func(d *access.Door) error {
		if _, err := d.User(w.ctx, v.Name); err != nil {
			return err
		}
		password, err := ask(w, "new password of "+v.Name)
		if err != nil {
			return err
		}
		return d.SetPassword(w.ctx, hand(), v.Name, password)
	})
}

type userRemove struct {
	library
	Name string `arg:"" help:"The user."`
}

// Run removes a user.
func (v *userRemove) Run(w world) error {
	return v.change(w, func(d *access.Door) error { return d.Remove(w.ctx, hand(), v.Name) })
}

type userKey struct {
	library
	Name   string      `arg:"" help:"The user."`
	Label  string      `help:"What the key is for." placeholder:"WORDS"`
	Role   access.Role `help:"What it may: never more than its user." default:"reader" placeholder:"ROLE"`
	Days   int         `help:"How long it lasts; 0: for good." default:"365"`
	List   bool        `help:"List the user's keys instead." xor:"do"`
	Revoke string      `help:"Take back the key with this id instead." placeholder:"ID" xor:"do"`
}

// Run makes a key and prints it, once; or lists or takes back keys.
func (v *userKey) Run(w world) error {
	return v.change(w, func(d *access.Door) error {
		u, err := d.User(w.ctx, v.Name)
		switch {
		case err != nil:
			return err
		case v.Revoke != "":
			return d.RevokeKey(w.ctx, hand(), u.Name, v.Revoke)
		case v.List:
			return v.list(w, d, u.Name)
		}
		made, _, err := d.MakeKey(w.ctx, hand(), u.Name, v.Label, v.Role, time.Duration(v.Days)*24*time.Hour)
		if err != nil {
			return err
		}
		fmt.Fprintln(w.out, made)
		return nil
	})
}

func (v *userKey) list(w world, d *access.Door, name string) error {
	keys, err := d.Keys(w.ctx, name)
	if err != nil {
		return err
	}
	return table(w, keys, func(k access.Key) string {
		until := "for good"
		if !k.Until.IsZero() {
			until = "until " + day(k.Until)
		}
		return fmt.Sprintf("%s\t%s\t%s\t%s\t%s", k.ID, k.Role, day(k.Made), until, plain(k.Label))
	})
}

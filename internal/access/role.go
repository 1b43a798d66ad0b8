package access

import "fmt"

// Role says what one may do; a higher one may all that a lower one may.
type Role int

// The roles.
const (
	Nobody Role = iota
	Reader      // sees everything that was read
	Editor      // follows sources, corrects, says how commitments ended
	Admin       // makes users and sees the log
)

// Roles are the roles that a user can have.
func Roles() []Role { return []Role{Reader, Editor, Admin} }

// String names the role.
func (r Role) String() string {
	switch r {
	case Reader:
		return "reader"
	case Editor:
		return "editor"
	case Admin:
		return "admin"
	}
	return "nobody"
}

// ParseRole gives the role of a name.
func ParseRole(name string) (Role, error) {
	for _, r := range Roles() {
		if r.String() == name {
			return r, nil
		}
	}
	return Nobody, fmt.Errorf("%w: %.40q is no role: reader, editor or admin", ErrUser, name)
}

// MarshalText gives the role's name.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads a role's name.
func (r *Role) UnmarshalText(b []byte) (err error) {
	*r, err = ParseRole(string(b))
	return err
}

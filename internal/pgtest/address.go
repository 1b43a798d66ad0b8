package pgtest

import "net/url"

// address writes the address of a database, its user's name and password escaped.
func address(user, password, host, database string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(user, password), Host: host, Path: "/" + database, RawQuery: "sslmode=disable"}
	return u.String()
}

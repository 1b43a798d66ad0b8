package fetch

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// longest is the longest address worth asking for, in bytes after encoding: an Arabic
// headline as a path is some hundreds.
const longest = 8 << 10

// Canonical gives the address that stands for a page, so that one page has one: scheme
// and host in lower case, names in Arabic or other letters as punycode, no default
// port, no credentials, no fragment, dot segments resolved, percent encoding in one
// form, and no parameters that only follow readers about. Order of the other
// parameters, a last slash, "www." and http against https stay: they can tell pages
// apart. Canonical of a canonical address is itself.
func Canonical(raw string) (string, error) {
	u, err := parse(raw)
	if err != nil {
		return "", err
	}
	u.RawQuery = withoutTracking(u.RawQuery)
	return u.String(), nil
}

// parse reads an absolute address as people and pages write it: with Arabic letters,
// spaces and stray percent signs.
func parse(raw string) (*url.URL, error) {
	u, err := url.Parse(encode(raw))
	if err != nil {
		return nil, badURL(raw, errors.Unwrap(err))
	}
	return tidy(raw, u)
}

// resolve reads the address in a Location header, seen from the page that sent it.
func resolve(from *url.URL, location string) (*url.URL, error) {
	u, err := from.Parse(encode(location))
	if err != nil {
		return nil, badURL(location, errors.Unwrap(err))
	}
	return tidy(location, u)
}

func badURL(raw string, err error) error { return &Error{Kind: BadURL, URL: raw, Err: err} }

// tidy checks an address and brings it to the form it is asked for in.
func tidy(raw string, u *url.URL) (*url.URL, error) {
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, badURL(raw, fmt.Errorf("%q is not http or https", u.Scheme))
	}
	host, err := asciiHost(u.Hostname())
	if err != nil {
		return nil, badURL(raw, err)
	}
	if port := u.Port(); port != "" && port != defaultPort(u.Scheme) {
		u.Host = net.JoinHostPort(host, port)
	} else if strings.Contains(host, ":") {
		u.Host = "[" + host + "]"
	} else {
		u.Host = host
	}
	u.User, u.Fragment, u.RawFragment, u.ForceQuery = nil, "", "", false
	u = new(url.URL).ResolveReference(u) // resolves dot segments
	if u.Path == "" {
		u.Path, u.RawPath = "/", ""
	}
	if len(u.EscapedPath())+len(u.RawQuery) > longest {
		return nil, badURL(raw, fmt.Errorf("longer than %d bytes", longest))
	}
	return u, nil
}

func defaultPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}

// asciiHost gives a host name in the letters the name service knows.
func asciiHost(host string) (string, error) {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if strings.IndexFunc(host, func(r rune) bool { return r >= 0x80 }) >= 0 {
		ascii, err := idna.Lookup.ToASCII(host)
		if err != nil {
			return "", fmt.Errorf("host name %q: %w", host, err)
		}
		host = ascii
	}
	if host == "" || host[0] == '.' || strings.HasSuffix(host, ".") || strings.Contains(host, "..") || len(host) > 253 || strings.ContainsAny(host, " %/\\<>\"'`{}|^") {
		return "", fmt.Errorf("host name %q", host)
	}
	return host, nil
}

// encode brings what follows the host of an address into one form (see percent) and
// drops the line breaks and spaces that pages leave in links.
func encode(raw string) string {
	raw, _, _ = strings.Cut(strings.TrimSpace(raw), "#")
	raw = strings.NewReplacer("\n", "", "\r", "", "\t", "").Replace(raw)
	start := 0
	if i := strings.Index(raw, "//"); i == 0 || i > 0 && raw[i-1] == ':' && !strings.ContainsAny(raw[:i], "/?") {
		start = len(raw)
		if j := strings.IndexAny(raw[i+2:], "/?\\"); j >= 0 {
			start = i + 2 + j
		}
	}
	return raw[:start] + percent(raw[start:])
}

// percent writes the encoding of a path or query in one form (RFC 3986, 6.2.2): letters
// beyond ASCII and signs that have no place there are encoded, letters that need no
// encoding are not, hexadecimal is in capitals, a stray percent sign is one. It works on
// bytes: a path of an old site can be in windows-1256, and must reach it as it is.
func percent(s string) string {
	const hex = "0123456789ABCDEF"
	b := make([]byte, 0, len(s)+16)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' {
			v, ok := unhex(s[i+1:])
			if !ok {
				b = append(b, "%25"...)
				continue
			}
			i += 2
			if unreserved(v) {
				b = append(b, v)
			} else {
				b = append(b, '%', hex[v>>4], hex[v&15])
			}
			continue
		}
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			b = append(b, '%', hex[c>>4], hex[c&15])
			continue
		}
		b = append(b, c)
	}
	return string(b)
}

// unhex reads the two hexadecimal digits s begins with.
func unhex(s string) (v byte, ok bool) {
	if len(s) < 2 {
		return 0, false
	}
	for _, c := range []byte(s[:2]) {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		v = v<<4 | c
	}
	return v, true
}

func unreserved(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// withoutTracking drops the parameters of a query that say where a reader came from.
func withoutTracking(query string) string {
	var kept []string
	for _, p := range strings.Split(query, "&") {
		name, _, _ := strings.Cut(p, "=")
		if p != "" && !tracking(strings.ToLower(name)) {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "&")
}

func tracking(name string) bool {
	switch name {
	case "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid",
		"igshid", "igsh", "mc_cid", "mc_eid", "_ga", "_gl", "_hsenc", "_hsmi", "mkt_tok", "oly_anon_id", "oly_enc_id",
		"at_medium", "at_campaign", "at_custom1", "at_custom2", "at_custom3", "at_custom4", "ns_mchannel", "ns_source", "ns_campaign":
		return true
	}
	return strings.HasPrefix(name, "utm_")
}

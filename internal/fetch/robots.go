package fetch

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// The bounds of what a robots.txt can ask for: RFC 9309 wants at least 500 KiB read;
// a delay beyond a minute is a minute.
const (
	maxRobots     = 500 << 10
	maxCrawlDelay = time.Minute
)

// robots is what a site's robots.txt (RFC 9309) says to one agent.
type robots struct {
	rules    []rule
	delay    time.Duration // of Crawl-delay; 0 when not given
	sitemaps []string
}

// rule is an Allow or Disallow line, its path in the encoding of percent, the pieces
// parted at its asterisks.
type rule struct {
	allow  bool
	end    bool // the path must end here ("$")
	length int  // of the path: the longest rule that matches decides
	pieces []string
}

// parseRobots reads what a robots.txt says to agent, a product name in lower case. It
// takes whatever it is given; lines it does not know say nothing. If no group names the
// agent, those for "*" do.
func parseRobots(text []byte, agent string) robots {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	var own, all, common robots
	var forOwn, forAll, named, inRules bool
	for line := range bytes.SplitSeq(text, []byte("\n")) {
		key, value := field(line)
		if key == "user-agent" {
			if inRules {
				forOwn, forAll, inRules = false, false, false
			}
			product := product(value)
			forOwn = forOwn || product == agent
			named = named || product == agent
			forAll = forAll || value == "*"
			continue
		}
		if key == "sitemap" {
			common.sitemaps = append(common.sitemaps, value)
			continue
		}
		if key == "allow" || key == "disallow" || key == "crawl-delay" {
			inRules = true
			if forOwn {
				own.take(key, value)
			}
			if forAll {
				all.take(key, value)
			}
		}
	}
	said := all
	if named {
		said = own
	}
	said.sitemaps = common.sitemaps
	return said
}

// field parts a line of robots.txt at its colon, without its comment.
func field(line []byte) (key, value string) {
	line, _, _ = bytes.Cut(line, []byte("#"))
	k, v, found := bytes.Cut(line, []byte(":"))
	if !found {
		return "", ""
	}
	key = strings.ToLower(string(bytes.TrimSpace(k)))
	switch key {
	case "useragent", "user agent":
		key = "user-agent"
	}
	return key, string(bytes.TrimSpace(v))
}

// product gives the name of an agent without version and address, in lower case.
func product(agent string) string {
	for i := range len(agent) {
		c := agent[i] | 0x20
		if (c < 'a' || c > 'z') && agent[i] != '-' && agent[i] != '_' {
			return strings.ToLower(agent[:i])
		}
	}
	return strings.ToLower(agent)
}

func (r *robots) take(key, value string) {
	if key == "crawl-delay" {
		if n, err := strconv.ParseFloat(value, 64); err == nil && n >= 0 {
			r.delay = time.Duration(min(n, maxCrawlDelay.Seconds()) * float64(time.Second))
		}
		return
	}
	if value == "" { // an empty Disallow forbids nothing
		return
	}
	if value[0] != '/' && value[0] != '*' {
		value = "/" + value
	}
	path, end := strings.CutSuffix(percent(value), "$")
	r.rules = append(r.rules, rule{allow: key == "allow", end: end, length: len(value), pieces: strings.Split(path, "*")})
}

// allows reports whether a path with its query, in the encoding of percent, may be
// fetched: the longest rule that matches decides, and among equals the one that allows.
func (r *robots) allows(path string) bool {
	if path == "/robots.txt" {
		return true
	}
	allowed, longest := true, -1
	for i := range r.rules {
		u := &r.rules[i]
		if (u.length > longest || u.length == longest && u.allow) && u.matches(path) {
			allowed, longest = u.allow, u.length
		}
	}
	return allowed
}

// matches takes every piece at its first place; for the end only the last piece counts.
func (u *rule) matches(path string) bool {
	rest, ok := strings.CutPrefix(path, u.pieces[0])
	if !ok {
		return false
	}
	if len(u.pieces) == 1 {
		return !u.end || rest == ""
	}
	last := len(u.pieces) - 1
	for _, p := range u.pieces[1:last] {
		_, after, found := strings.Cut(rest, p)
		if !found {
			return false
		}
		rest = after
	}
	if u.end {
		return strings.HasSuffix(rest, u.pieces[last])
	}
	return strings.Contains(rest, u.pieces[last])
}

// size is about how many bytes the rules take in memory.
func (r *robots) size() int {
	n := 200
	for i := range r.rules {
		n += 60 + r.rules[i].length + 16*len(r.rules[i].pieces)
	}
	for _, s := range r.sitemaps {
		n += 16 + len(s)
	}
	return n
}

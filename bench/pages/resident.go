//go:build unix

package main

import (
	"os"
	"strconv"
	"strings"
)

// resident gives the memory that the program has now, in MiB; 0 where the system has no
// /proc to tell it.
func resident() float64 {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(b))
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseFloat(fields[1], 64)
	if err != nil {
		return 0
	}
	return pages * float64(os.Getpagesize()) / (1 << 20)
}

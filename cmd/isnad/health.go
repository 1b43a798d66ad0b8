package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

type healthVerb struct {
	Address string `arg:"" optional:"" help:"Of the desk." default:"http://127.0.0.1:8040"`
}

// Run asks a desk that serves whether it is well: for containers, in which nothing else
// could ask.
func (v *healthVerb) Run(w world) error {
	ctx, end := context.WithTimeout(w.ctx, 10*time.Second)
	defer end()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(v.Address, "/")+"/healthz", nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.Copy(w.out, io.LimitReader(res.Body, 4096)); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s is not well: %s", v.Address, res.Status)
	}
	return nil
}

# The commands of the project. Each installs what it needs: Go fetches the modules.
GO ?= go
FUZZTIME ?= 30s

.PHONY: build run test lint fuzz bench quality clean

build: ## the binary, bin/isnad
	$(GO) build -trimpath -o bin/isnad ./cmd/isnad

run: build ## bring in a sample newsroom; show its stories, disagreements and commitments
	@./bin/isnad demo

test: lint ## everything that must pass
	$(GO) test ./...

lint: ## vet, format
	$(GO) vet ./...
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "gofmt would change: $$unformatted"; exit 1; }
	$(GO) tool staticcheck ./...

fuzz: ## every fuzz target, FUZZTIME each
	@$(GO) run ./internal/quality/fuzz -time $(FUZZTIME)

bench: ## speed, memory and scaling of a whole reading, and of a library
	$(GO) run ./bench
	$(GO) run ./bench/library

quality: ## scores on our corpus and, where it is, on the marked articles; writes docs/quality.md
	$(GO) run ./internal/quality

clean:
	rm -rf bin

# The commands of the project. Each installs what it needs: Go fetches the modules.
GO ?= go
FUZZTIME ?= 30s

.PHONY: build run test lint browser fuzz bench quality clean

build: ## the binary, bin/isnad
	$(GO) build -trimpath -o bin/isnad ./cmd/isnad

run: build ## bring in a sample newsroom; show its stories, disagreements and commitments
	@./bin/isnad demo

test: lint browser ## everything that must pass
	@axe=$$(ls $(CURDIR)/bin/axe.min.js 2>/dev/null); echo "$(GO) test ./..."; ISNAD_AXE=$$axe $(GO) test ./...

browser: ## what the tests of the pages need: Chromium with Arabic letters, and axe-core
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && timeout 120 apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-core; } >/dev/null 2>&1 || \
		echo "chromium is not here and could not be installed: the tests of the pages in a browser skip"
	@mkdir -p bin; test -f bin/axe.min.js || { cd bin && timeout 120 npm pack --silent axe-core@4 && tar -xzOf axe-core-4*.tgz package/axe.min.js > axe.part && mv axe.part axe.min.js && rm -f axe-core-4*.tgz; } >/dev/null 2>&1 || \
		echo "axe-core could not be had by npm: the tests of accessibility skip"

lint: ## vet, format
	$(GO) vet ./...
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "gofmt would change: $$unformatted"; exit 1; }
	$(GO) tool staticcheck ./...

fuzz: ## every fuzz target, FUZZTIME each; and a hundred times killed while pouring in and watching
	@$(GO) run ./internal/quality/fuzz -time $(FUZZTIME)
	ISNAD_KILLS=100 $(GO) test ./cmd/isnad -run TestKilled -timeout 60m

bench: ## speed, memory and scaling of a whole reading, and of a library
	$(GO) run ./bench
	$(GO) run ./bench/library

quality: ## scores on our corpus and, where it is, on the marked articles; writes docs/quality.md
	$(GO) run ./internal/quality

clean:
	rm -rf bin

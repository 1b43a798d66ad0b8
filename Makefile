# The commands of the project. Each installs what it needs: Go fetches the modules.
GO ?= go
FUZZTIME ?= 30s

.PHONY: build run test lint browser postgres beam fuzz bench quality clean

build: ## the binary, bin/isnad
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/isnad ./cmd/isnad

run: build ## bring in a sample newsroom; show its stories, disagreements and commitments, then serve its pages
	@./bin/isnad demo --serve

test: lint browser postgres ## everything that must pass
	@axe=$$(ls $(CURDIR)/bin/axe.min.js 2>/dev/null); echo "$(GO) test ./..."; ISNAD_AXE=$$axe $(GO) test ./...

browser: ## what the tests of the pages need: Chromium with Arabic letters, and axe-core
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && timeout 120 apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-core; } >/dev/null 2>&1 || \
		echo "chromium is not here and could not be installed: the tests of the pages in a browser skip"
	@mkdir -p bin; test -f bin/axe.min.js || { cd bin && timeout 120 npm pack --silent axe-core@4 && tar -xzOf axe-core-4*.tgz package/axe.min.js > axe.part && mv axe.part axe.min.js && rm -f axe-core-4*.tgz; } >/dev/null 2>&1 || \
		echo "axe-core could not be had by npm: the tests of accessibility skip"

postgres: ## what the tests of the library in PostgreSQL need: the server's programs, no server that runs
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || { test "$$(id -u)" = 0 && timeout 120 apt-get update -qq && mkdir -p /etc/postgresql-common && \
		echo "create_main_cluster = false" >> /etc/postgresql-common/createcluster.conf && export DEBIAN_FRONTEND=noninteractive && \
		{ apt-get install -y -qq postgresql-15 || apt-get install -y -qq postgresql; }; } >/dev/null 2>&1 || \
		echo "PostgreSQL is not here and could not be installed: the tests of the library in it skip"

lint: ## vet, format
	$(GO) vet ./...
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "gofmt would change: $$unformatted"; exit 1; }
	$(GO) tool staticcheck ./...

beam: ## the pipeline on Apache Beam's local runner, a module of its own: its first build takes minutes
	cd beam && $(GO) vet ./... && $(GO) test ./...

fuzz: postgres beam ## every fuzz target, FUZZTIME each; a hundred times killed while pouring in and watching; a region of workers ten times with everything in it killed
	@$(GO) run ./internal/quality/fuzz -time $(FUZZTIME)
	ISNAD_KILLS=100 $(GO) test ./cmd/isnad -run TestKilled -timeout 60m
	ISNAD_CUT=1m $(GO) test ./internal/work -run TestCut -timeout 10m
	ISNAD_POUR=20000 ISNAD_ROUNDS=10 ISNAD_NEWS=$(wildcard $(abspath ../shared/data/news/ant.jsonl.xz)) $(GO) test ./cmd/isnad -run TestRegion -timeout 6h

bench: postgres ## speed, memory and scaling of a whole reading, of a library, and of its pages
	$(GO) run ./bench
	$(GO) run ./bench/library
	$(GO) run ./bench/postgres
	$(GO) run ./bench/pages
	$(GO) run ./bench/work

quality: ## scores on our corpus and, where it is, on the marked articles; writes docs/quality.md
	$(GO) run ./internal/quality

clean:
	rm -rf bin

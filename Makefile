# What a contributor runs. `make check` is what continuous integration runs too.

.PHONY: check format vet lint test run eval bench fuzz torture models bench-language bench-run

check: format vet lint test eval

format:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo 'gofmt would change these files'; exit 1; }

vet:
	go vet ./...

lint:
	go tool staticcheck ./...

# The race detector needs a C compiler; without one the tests run all the same.
RACE := $(if $(filter 1,$(shell go env CGO_ENABLED)),-race)

test:
	go test $(RACE) ./...

# The main job, on the embedded sample.
run:
	go run ./cmd/parley run

# Scores of our own labelled sample against the quality sheet.
eval:
	go run ./cmd/parley eval --against eval/sheet.txt eval/labels

bench:
	go test -run '^$$' -bench . -benchmem ./...

# Accuracy and speed of the language layer, prose and parley side by side.
bench-language:
	go run ./cmd/parley-bench

# Speed of runs from every format with one and two workers, and their memory.
bench-run:
	go build -o bin/ ./cmd/parley ./cmd/parley-bench
	bin/parley-bench run bin/parley

# Every fuzz target for FUZZTIME.
FUZZTIME ?= 30s
fuzz:
	@for p in $$(go list ./...); do \
	  for f in $$(go test -list '^Fuzz' $$p | grep '^Fuzz'); do \
	    echo "$$p $$f"; go test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p || exit 1; \
	  done; done

# Every model again, from the data sets that NOTICE.md names. Each stage learns
# from what those before it give, so the order matters.
DATA ?= ../shared/data
TRAIN = go run ./cmd/parley-train --data $(DATA) --out
models:
	$(TRAIN) extract/token/starters.txt starters
	$(TRAIN) extract/tag/weights.bin tag
	$(TRAIN) extract/parse/weights.bin parse
	$(TRAIN) extract/names/classes.tsv.zst classes
	$(TRAIN) extract/names/names.model names
	$(TRAIN) extract/relate/weights.tsv.gz events

# The long form of the tests that disturb a run: KILLS times kill -9 over 5,000
# articles, an interrupt, two writers, a vanishing file and, as root, a full disk.
KILLS ?= 50
torture:
	PARLEY_TORTURE=$(KILLS) go test -run Torture -v -timeout 2h ./cmd/parley

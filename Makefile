# E-Campus. `make help` lists what there is. CARGO_TARGET_DIR is respected everywhere.
MAKEFLAGS += --no-print-directory
TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
export CARGO_TARGET_DIR := $(TARGET)
export CAMPUS_SITE := $(TARGET)/site

LISTEN ?= 127.0.0.1:3000
DATA ?= ./data

.DEFAULT_GOAL := help
.PHONY: help run build test check fmt bench clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: build ## the campus with demonstration data, on http://127.0.0.1:3000 (LISTEN=, DATA=)
	@"$(TARGET)/release/campus" serve --listen "$(LISTEN)" --data "$(DATA)" --demo

build: ## the program, target/release/campus; installs what is missing
	@.make/setup.sh build
	@.make/assets.sh
	@cargo build --locked --release -p app --bin campus

test: ## everything: format, lints, tests on both databases, the browser's walk
	@.make/test.sh

check: ## format and lints only
	@cargo fmt --all --check
	@cargo clippy --locked --workspace --all-targets -- -D warnings

fmt: ## format the Rust sources
	@cargo fmt --all

bench: build ## measure the release program (BENCH_LARGE=1: also the report of 100,000 rows)
	@.make/setup.sh bench
	@.make/bench.sh

clean: ## remove what was built (the data folder stays)
	@cargo clean --quiet
	@rm -rf end2end/node_modules end2end/test-results end2end/report

# shellcheck shell=bash
# Sourced by every script in this folder: where things are, and how a script speaks.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
case $TARGET in /*) ;; *) TARGET=$ROOT/$TARGET ;; esac
TOOLS=${CAMPUS_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/e-campus}
SITE=$TARGET/site

# Both cargo and `app/build.rs` must mean the same folders, from whichever folder they are called.
export CARGO_TARGET_DIR=$TARGET CAMPUS_SITE=$SITE
# The distribution's own Rust and PostgreSQL live here; a cron-like environment may lack them.
export PATH="$PATH:$HOME/.cargo/bin:$TOOLS/bin:/usr/local/bin:/usr/bin"

say() { printf '%s\n' "$*"; }
fail() { printf '\n%s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# quietly WHAT COMMAND…: one line while it works; the end of its output and a sentence when it fails.
quietly() {
  local what=$1 log
  shift
  log=$(mktemp)
  say "· $what"
  if "$@" >"$log" 2>&1; then rm -f "$log"; return 0; fi
  tail -n 30 "$log" >&2
  rm -f "$log"
  fail "This did not work: $what. The last lines it wrote are above."
}

# A process that has ended counts as gone, also before its parent has noticed.
alive() { grep -q '^State:[[:space:]][^ZX]' "/proc/$1/status" 2>/dev/null; }

# The version of a package in Cargo.lock.
locked() { awk -v want="name = \"$1\"" '$0 == want { getline; gsub(/[^0-9A-Za-z.+-]/, "", $3); print $3; exit }' "$ROOT/Cargo.lock"; }

hash_of() { cat "$@" | sha256sum | cut -c1-16; }

wasm_bindgen() { echo "$TOOLS/wasm-bindgen-$(locked wasm-bindgen)/bin/wasm-bindgen"; }
wasm_opt() { echo "$TOOLS/node-$(hash_of "$ROOT/.make/node/package-lock.json")/node_modules/.bin/wasm-opt"; }
SCHEMATHESIS_VERSION=4.32.5
schemathesis() { echo "$TOOLS/schemathesis-$SCHEMATHESIS_VERSION/bin/schemathesis"; }

# The compiler of the project can itself build for the browser.
rustup_wasm() { [ -d "$(cd "$ROOT" && rustc --print sysroot 2>/dev/null)/lib/rustlib/wasm32-unknown-unknown/lib" ]; }

# Debian's matched compiler and library sources can, by building the standard library along the way.
debian_wasm() {
  has wasm-ld-19 && [ -x /usr/bin/cargo ] && [ -x /usr/bin/rustc ] &&
    [ -e "$(/usr/bin/rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/Cargo.toml" ]
}

# The folder with PostgreSQL's server programs, which distributions keep off the PATH; the newest one wins.
postgres_programs() {
  local found
  found=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
  [ -x "$found" ] || found=$(command -v initdb) || return 1
  dirname "$(readlink -f "$found")"
}

chromium_program() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

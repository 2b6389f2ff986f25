#!/usr/bin/env bash
# Installs what is missing and nothing else, on Debian and Ubuntu.
#   .make/setup.sh build   what the program needs to be built (the default)
#   .make/setup.sh test    the same, and what the tests need
#   .make/setup.sh bench   the same, and what measuring needs
set -euo pipefail
# shellcheck source=.make/env.sh
. "$(dirname "$0")/env.sh"

what=${1:-build}
case $what in build | test | bench) ;; *) fail "usage: .make/setup.sh [build|test|bench]" ;; esac
mkdir -p "$TOOLS"

# Two runs at once would install the same things over each other.
exec 9>"$TOOLS/setup.lock"
flock 9

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif has sudo; then sudo "$@"
  else say "Not allowed: $* needs root, and there is no sudo."; return 1
  fi
}

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=900 "$@"; }

# The package lists have a lock that apt does not wait for.
refresh_lists() {
  local try
  for try in 1 2 3 4 5 6; do
    apt_get update && return 0
    [ "$try" = 6 ] || sleep 10
  done
  return 1
}

install_packages() { apt_get install --no-install-recommends "$@" || { refresh_lists && apt_get install --no-install-recommends "$@"; }; }

# packages NAME…: Debian packages, in one go.
packages() {
  [ $# -gt 0 ] || return 0
  has apt-get || fail "Please install these first, with your system's package manager: $*"
  quietly "installing $*" install_packages "$@"
}

need=()
has gcc || has cc || need+=(gcc libc6-dev)
has ld.lld || need+=(lld)
has node && has npm || need+=(nodejs npm)
if [ "$what" = test ]; then
  chromium_program >/dev/null || need+=(chromium)
  postgres_programs >/dev/null || need+=(postgresql)
  [ -x /usr/sbin/nginx ] || need+=(nginx)
  has sqlite3 || need+=(sqlite3)
  has python3 && python3 -c 'import venv, ensurepip' 2>/dev/null || need+=(python3 python3-venv)
  has pdftotext && has pdfinfo || need+=(poppler-utils)
fi
if [ "$what" = bench ]; then
  has wrk || need+=(wrk)
  has curl || need+=(curl)
fi
packages "${need[@]}"

if ! has cargo; then
  fail "Rust is missing. Install it as described at https://rustup.rs (version $(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$ROOT/Cargo.toml") or newer), then try again."
fi

# A compiler for the browser half: rustup's target, or else Debian's matched packages.
if ! rustup_wasm && ! debian_wasm; then
  say "· a compiler for WebAssembly"
  if ! { has rustup && (cd "$ROOT" && timeout 120 rustup target add wasm32-unknown-unknown) >/dev/null 2>&1 && rustup_wasm; }; then
    if has apt-get; then packages rustc-web cargo-web rust-web-src lld-19; fi
    debian_wasm || fail "No compiler for WebAssembly could be installed. Try: rustup target add wasm32-unknown-unknown"
  fi
fi

# cargo_tool FOLDER CRATE VERSION [OPTION…]: a program from source, into the cache.
cargo_tool() {
  local into=$1 crate=$2 version=$3 scratch
  shift 3
  scratch=$(mktemp -d "$TOOLS/building.XXXXXX")
  (
    trap 'rm -rf "$scratch"' EXIT
    cd "$TOOLS"
    CARGO_TARGET_DIR=$scratch cargo install --quiet --root "$scratch/root" "$crate" --version "$version" "$@"
    rm -rf "$into"
    mv "$scratch/root" "$into"
  )
}

# wasm-bindgen's program and library must be of one version. (Without --locked: its lock file names a version that is gone.)
if [ ! -x "$(wasm_bindgen)" ]; then
  version=$(locked wasm-bindgen)
  [ -n "$version" ] || fail "Cargo.lock does not name wasm-bindgen."
  quietly "building wasm-bindgen $version (a minute or two, once)" cargo_tool "$TOOLS/wasm-bindgen-$version" wasm-bindgen-cli "$version"
fi

# npm_ci FOLDER: what the lock file there says, and no browser downloads.
npm_ci() { (cd "$1" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error); }

if [ ! -x "$(wasm_opt)" ]; then
  folder=$(dirname "$(dirname "$(dirname "$(wasm_opt)")")")
  mkdir -p "$folder"
  cp "$ROOT"/.make/node/package.json "$ROOT"/.make/node/package-lock.json "$folder"
  quietly "installing wasm-opt" npm_ci "$folder"
fi

# What tries the API, in a folder of its own; half a minute, once.
if [ "$what" = test ] && [ ! -x "$(schemathesis)" ]; then
  try_the_api() {
    local into
    into=$(dirname "$(dirname "$(schemathesis)")")
    rm -rf "$into"
    python3 -m venv "$into" && "$into/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$SCHEMATHESIS_VERSION" || { rm -rf "$into"; return 1; }
  }
  quietly "installing schemathesis $SCHEMATHESIS_VERSION" try_the_api
fi

if [ "$what" = test ]; then
  modules=$ROOT/end2end/node_modules
  stamp=$(hash_of "$ROOT/end2end/package.json" "$ROOT/end2end/package-lock.json")
  if [ "$(cat "$modules/.installed" 2>/dev/null)" != "$stamp" ]; then
    quietly "installing the browser test runner" npm_ci "$ROOT/end2end"
    echo "$stamp" >"$modules/.installed"
  fi
  if ! has cargo-nextest && [ ! -x "$TOOLS/bin/cargo-nextest" ]; then
    quietly "building cargo-nextest (some minutes, once)" env CARGO_TARGET_DIR="$TOOLS/building" cargo install --quiet --locked --root "$TOOLS" cargo-nextest
    rm -rf "$TOOLS/building"
  fi
  if ! has cargo-deny; then
    quietly "building cargo-deny (some minutes, once)" env CARGO_TARGET_DIR="$TOOLS/building" cargo install --quiet --locked --root "$TOOLS" cargo-deny
    rm -rf "$TOOLS/building"
  fi
fi

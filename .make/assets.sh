#!/usr/bin/env bash
# Builds what a browser loads into $CARGO_TARGET_DIR/site, where app/build.rs picks it up: campus.js and
# campus_bg.wasm (the islands), and the style sheet, fonts and images of style/.
# Keyed by the content of its inputs: nothing happens when they are unchanged, also in a target folder that several
# clones share. CAMPUS_WASM=debian takes Debian's compiler although the project's own could do it.
set -euo pipefail
# shellcheck source=.make/env.sh
. "$(dirname "$0")/env.sh"
cd "$ROOT"

inputs() {
  find app/src courses/src style app/Cargo.toml courses/Cargo.toml Cargo.toml Cargo.lock .make/assets.sh .make/node/package-lock.json \
    -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16
}

if [ "${CAMPUS_WASM:-}" != debian ] && rustup_wasm; then way=project
elif debian_wasm; then way=debian
else fail "There is no compiler for WebAssembly here. Run: .make/setup.sh build"
fi
for tool in "$(wasm_bindgen)" "$(wasm_opt)"; do
  [ -x "$tool" ] || fail "$(basename "$tool") is missing. Run: .make/setup.sh build"
done

mkdir -p "$TARGET/sites"
exec 9>"$TARGET/sites/lock"
flock 9

key=$(inputs)-$way
[ "$(cat "$TARGET/sites/current" 2>/dev/null)" != "$key" ] || [ ! -d "$SITE" ] || exit 0

compile() {
  local options=(build -p app --lib --profile wasm-release --no-default-features --features hydrate --target wasm32-unknown-unknown --locked)
  case $way in
    project) cargo "${options[@]}" ;;
    debian)
      PATH=/usr/bin:$PATH RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-19 CARGO_TARGET_DIR=$TARGET/wasm-debian \
        /usr/bin/cargo "${options[@]}" -Z build-std=std,panic_abort
      ;;
  esac
}

# place FROM… TO: copies without the source's dates, so that cargo sees new files as new.
place() { cp --no-preserve=timestamps "$@"; }

# build FOLDER: the whole site.
build() {
  local to=$1 compiled=$TARGET
  [ "$way" = project ] || compiled=$TARGET/wasm-debian
  quietly "compiling the browser half" compile
  quietly "wasm-bindgen" "$(wasm_bindgen)" --target web --no-typescript --out-dir "$to" --out-name campus \
    "$compiled/wasm32-unknown-unknown/wasm-release/app.wasm"
  quietly "wasm-opt" "$(wasm_opt)" -Oz --enable-bulk-memory --enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext \
    --enable-mutable-globals --enable-multivalue --strip-debug --strip-producers -o "$to/campus_bg.wasm" "$to/campus_bg.wasm"
  place style/*.css style/*.svg style/fonts/*.woff2 "$to"
}

made=$TARGET/sites/$key
if [ ! -d "$made" ]; then
  scratch=$(mktemp -d "$TARGET/sites/making.XXXXXX")
  chmod 755 "$scratch"
  trap 'rm -rf "$scratch"' EXIT
  build "$scratch"
  mv "$scratch" "$made"
fi

# The program is built from $SITE: swap it in one move, then say what it is.
rm -rf "$SITE.new" && mkdir "$SITE.new"
place "$made"/* "$SITE.new"
rm -rf "$SITE" && mv "$SITE.new" "$SITE"
echo "$key" >"$TARGET/sites/current"

# The last few stay, for the way back.
touch "$made"
find "$TARGET/sites" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn | tail -n +5 | cut -d' ' -f2- | xargs -r rm -rf

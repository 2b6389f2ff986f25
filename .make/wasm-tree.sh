#!/usr/bin/env bash
# Proves two things of the browser half: it contains none of the server's libraries, and it is small enough.
set -euo pipefail
# shellcheck source=.make/env.sh
. "$(dirname "$0")/env.sh"
cd "$ROOT"

budget_kb=150
# Not tokio itself: the wrapper of IndexedDB takes its channel from there. Its runtime would bring mio.
banned='leptos_router|leptos_meta|leptos_axum|axum|tower-http|sea-orm|sqlx|sqlx-core|mio|hyper|pulldown-cmark|ammonia|argon2|typst|server|migrations'

tree=$(cargo tree --locked -p app --no-default-features --features hydrate --target wasm32-unknown-unknown -e normal --prefix none)
grep -q '^leptos ' <<<"$tree" || fail "This check looks at the wrong thing: leptos is not in the tree of the browser half."
if found=$(grep -E "^($banned) v" <<<"$tree" | sort -u); then
  fail "These libraries must not be in the browser half (see: cargo tree -p app --no-default-features --features hydrate --target wasm32-unknown-unknown -e normal -i NAME):
$found"
fi
say "The browser half has $(cut -d' ' -f1 <<<"$tree" | sort -u | wc -l) libraries, none of the server's."

[ -f "$SITE/campus_bg.wasm" ] || fail "The browser half is not built. Run: .make/assets.sh"
node - "$SITE" "$budget_kb" <<'JS'
const { readFileSync, readdirSync } = require("node:fs");
const { brotliCompressSync, constants } = require("node:zlib");
const [site, budget] = [process.argv[2], Number(process.argv[3])];
const kb = (bytes) => (bytes / 1000).toFixed(1).padStart(7);
let counted = 0;
console.log("    raw  brotli  kB");
for (const name of readdirSync(site).filter((name) => /\.(js|wasm|css|svg|woff2)$/.test(name))) {
  const bytes = readFileSync(`${site}/${name}`);
  const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  const sent = name.endsWith(".woff2") ? bytes.length : packed.length;
  console.log(kb(bytes.length), kb(sent), "", name);
  if (/\.(js|wasm)$/.test(name)) counted += sent;
}
console.log(`script + wasm: ${(counted / 1000).toFixed(1)} kB of at most ${budget} kB`);
if (counted > budget * 1000) {
  console.error("The browser half is too large. Look for a parser or a formatter that an island pulled in.");
  process.exit(1);
}
JS

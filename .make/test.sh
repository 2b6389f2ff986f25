#!/usr/bin/env bash
# The whole test, from what is missing on the machine to the browser's walk. Ends by itself, leaves nothing running,
# goes on after a step that failed, and prints one screen. Full logs: $CARGO_TARGET_DIR/test-logs/
set -euo pipefail
# shellcheck source=.make/env.sh
. "$(dirname "$0")/env.sh"
cd "$ROOT"

minutes_in_all=${CAMPUS_TEST_MINUTES:-85}
logs=$TARGET/test-logs
mkdir -p "$logs"
rm -f "$logs"/*.log

# Every process this run starts carries this mark, so that the end finds also those that left the process group.
export CAMPUS_TEST_RUN="$$-$RANDOM$RANDOM"
# The same examples in every run; `PROPTEST_RNG_SEED=$RANDOM PROPTEST_CASES=20000 cargo nextest run` looks for new ones.
export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-20261122}
export INSTA_UPDATE=no CARGO_TERM_COLOR=never NEXTEST_COLOR=never FORCE_COLOR=0
[ "${CI:-}" != true ] || export CARGO_INCREMENTAL=0
postgres=/tmp/campus-test-$$

marked() {
  local entry pid
  for entry in /proc/[0-9]*; do
    pid=${entry#/proc/}
    if [ "$pid" != $$ ] && [ "$pid" != "$BASHPID" ] && grep -qzFx "CAMPUS_TEST_RUN=$CAMPUS_TEST_RUN" "$entry/environ" 2>/dev/null; then echo "$pid"; fi
  done
}

end_all() {
  trap - EXIT
  trap '' INT TERM HUP
  local left
  left=$(marked)
  # The database ends in its own way, and keeps what it needs until then.
  [ -z "$left" ] || for pid in $left; do
    case $(cat "/proc/$pid/comm" 2>/dev/null) in postgres | postgres.sh | sleep | '') ;; *) kill -TERM "$pid" 2>/dev/null || true ;; esac
  done
  .make/postgres.sh stop "$postgres" >/dev/null 2>&1 || true
  for _ in 1 2 3 4 5 6; do
    left=$(marked)
    [ -n "$left" ] || return 0
    sleep 0.5
  done
  for pid in $left; do kill -KILL "$pid" 2>/dev/null || true; done
}
trap end_all EXIT
trap 'say; say "stopped"; exit 130' INT TERM HUP

# A run that is killed outright cannot clean up after itself: this does.
(
  trap - EXIT INT TERM HUP
  while alive $$; do sleep 1; done
  end_all
) >/dev/null 2>&1 </dev/null &
disown

failed=0
broken=" " # names of the steps that failed

# step NAME MINUTES COMMAND…: runs it in the background (so that an interrupt is heard at once), bounded, and reports.
step() {
  local name=$1 minutes=$2 began=$SECONDS status=0 log bound left
  shift 2
  log=$logs/${name// /-}.log
  left=$((minutes_in_all * 60 - SECONDS))
  bound=$((minutes * 60 < left ? minutes * 60 : left))
  if [ "$bound" -le 0 ]; then
    status=124
  else
    timeout --kill-after=20 "$bound" "$@" >"$log" 2>&1 </dev/null &
    wait $! || status=$?
  fi
  if [ "$status" = 0 ]; then
    printf '✔ %-28s %5d s   %s\n' "$name" $((SECONDS - began)) "$(gist "$log")"
    return
  fi
  failed=$((failed + 1))
  broken+="${name// /-} "
  local why
  if [ "$status" = 124 ]; then why="not done in its time"; else why=$(gist "$log"); fi
  printf '✘ %-28s %5d s   %s\n' "$name" $((SECONDS - began)) "$why"
  { tail -n 40 "$log" 2>/dev/null || true; } | cut -c1-200 | sed 's/^/    /'
}

# The runners' own summary, where there is one.
gist() {
  sed 's/\x1b\[[0-9;]*m//g' "$1" 2>/dev/null | grep -E '^ *Summary \[|^script \+ wasm:|^ +[0-9]+ (passed|failed|flaky|skipped|did not run)' | sed -E 's/^ +//; s/ +/ /g' | paste -sd' ' | cut -c1-150 || true
}

skip() { printf '– %-28s            %s\n' "$1" "$2"; failed=$((failed + 1)); }
went_wrong() { [[ $broken == *" $1 "* ]]; }

step "setup" 40 .make/setup.sh test
step "format" 3 cargo fmt --all --check
# Before the compiler looks at the program: app/build.rs embeds them, and a change of them afterwards would compile it twice.
step "assets" 30 .make/assets.sh
step "browser half" 3 .make/wasm-tree.sh
step "licences and sources" 5 cargo deny --locked check licenses bans sources
# Without a copy of the database there is nothing to compare with; `cargo deny fetch` gets one.
if compgen -G "${CARGO_HOME:-$HOME/.cargo}/advisory-dbs/*/" >/dev/null; then
  step "advisories" 5 cargo deny --locked --offline check advisories
fi
step "clippy" 40 cargo clippy --locked --workspace --all-targets -- -D warnings

if url=$(CAMPUS_POSTGRES_FSYNC=off timeout 90 .make/postgres.sh start "$postgres" $$ 2>"$logs/postgres.log"); then
  export CAMPUS_TEST_POSTGRES=$url
  step "tests" 50 cargo nextest run --locked --workspace --no-fail-fast
else
  say "✘ PostgreSQL did not start"
  tail -n 20 "$logs/postgres.log"
  skip "tests" "not run: they need PostgreSQL"
fi

# With the tests, so that cargo chooses the same features and compiles nothing twice.
step "program" 30 cargo build --locked --workspace --bins --tests
if went_wrong program || went_wrong assets || went_wrong setup; then
  skip "browser" "not run: something it needs is missing, see above"
  skip "trials" "not run: something they need is missing, see above"
else
  CAMPUS_PROGRAM=$TARGET/debug/campus CAMPUS_CHROMIUM=$(chromium_program) \
    step "browser" 30 env -C end2end node_modules/.bin/playwright test --forbid-only
  # The program as it is run, and what must not hurt it. CAMPUS_KILLS=100 CAMPUS_MINUTES=5 makes them long.
  for trial in operator killed full-disk two-servers api; do
    SCHEMATHESIS=$(schemathesis) CAMPUS_PROGRAM=$TARGET/debug/campus step "trial $trial" 30 node "end2end/trials/$trial.mjs"
  done
fi

say
if [ "$failed" = 0 ]; then
  say "passed in $SECONDS s"
else
  say "failed: $failed of the steps above, in $SECONDS s. Full logs: $logs"
  exit 1
fi

#!/usr/bin/env bash
# Measures the release program with made-up data, on this machine and over loopback, and prints what was seen beside
# the floor and the aim. It compares; it never fails because of a time. `make bench` builds first.
# BENCH_LARGE=1 adds the completion report of 100,000 rows; BENCH_SECONDS=10 is the length of each load.
set -euo pipefail
# shellcheck source=.make/env.sh
. "$(dirname "$0")/env.sh"
cd "$ROOT"

# ---- What the campus is asked. Change these when routes or demonstration data change. ----
catalogue=/
course=/courses/ec-102
lesson=/courses/ec-102/lessons/act-means-purpose
report_page=/reports/completions
report_export=/reports/completions/export
password=campus-demo-2026
learner=demo-learner
coordinator=demo-coordinator

make_data() { "$program" demo --data "$1" --learners "$2" --seed 1; } # DIR LEARNERS
serve_arguments() { printf '%s\n' serve --listen "$address" --data "$1"; } # DIR

# sign_in LOGIN: prints the cookie that is then sent along.
sign_in() {
  local jar=$scratch/cookies-$1
  curl -sS -o "$scratch/sign-in.html" -c "$jar" -H "Origin: $base" --data-urlencode "login=$1" --data-urlencode "password=$password" "$base/sign-in"
  # An HttpOnly cookie is a line that begins with #HttpOnly_.
  awk -F '\t' 'NF == 7 { printf "%s%s=%s", sep, $6, $7; sep = "; " }' "$jar"
}

# quiz_page COOKIE: prints the path of a page with questions, or nothing where no attempt could be started.
quiz_page() {
  local quiz
  quiz=$(curl -sS -H "Cookie: $1" "$base$course" | grep -oE 'href="[^"]*/quizzes/[^"]*"' | head -n 1 | cut -d'"' -f2) || return 0
  curl -sS -o /dev/null -w '%{redirect_url}' -H "Cookie: $1" -H "Origin: $base" -X POST "$base$quiz/attempts" | grep -oE '/attempts/.*' || true
}
# -------------------------------------------------------------------------------------------

seconds=${BENCH_SECONDS:-10}
program=$TARGET/release/campus
[ -x "$program" ] || fail "The program is not built. Run: make bench"
for tool in wrk curl node; do has "$tool" || fail "$tool is missing. Install it first: apt-get install $tool"; done

scratch=$(mktemp -d)
pid=
stop_program() {
  [ -n "$pid" ] || return 0
  kill -TERM "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  pid=
}
trap 'stop_program; rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM HUP

free_port() { node -e 'const s=require("node:net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }
address=127.0.0.1:$(free_port)
base=http://$address

start_program() { # DIR
  local arguments try
  mapfile -t arguments < <(serve_arguments "$1")
  "$program" "${arguments[@]}" >"$scratch/program.log" 2>&1 &
  pid=$!
  for ((try = 0; try < 600; try++)); do
    curl -sf -o /dev/null "$base$catalogue" && return 0
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.05
  done
  tail -n 20 "$scratch/program.log" >&2
  fail "The program did not answer."
}

cpu_ms() { awk -v hz="$(getconf CLK_TCK)" '{ sub(/^.*\) /, ""); print int(($12 + $13) * 1000 / hz) }' "/proc/$pid/stat"; }
memory_mb() { awk -v key="$1:" '$1 == key { printf "%.0f MB", $2 / 1000 }' "/proc/$pid/status"; }
kb() { awk -v n="$1" 'BEGIN { printf "%.1f kB", n / 1000 }'; }
field() { node -p "JSON.parse(process.argv[1])[process.argv[2]]" "$1" "$2"; }
status_of() { curl -s -o /dev/null -w '%{http_code}' -H "Accept: text/html" -H "Cookie: $2" "$base$1"; }

rows=()
row() { rows+=("$1|$2|$3|$4"); } # what floor aim seen

# load PATH COOKIE: sets `rate` (pages a second) and `cpu` (server milliseconds a page).
load() {
  local before after out requests status
  rate="– (not measured)" cpu=$rate
  status=$(status_of "$1" "$2")
  if [ "$status" != 200 ]; then rate="– (answered $status)" cpu=$rate; return; fi
  wrk -t1 -c16 -d2s -H "Accept: text/html" -H "Accept-Encoding: br" -H "Cookie: $2" "$base$1" >/dev/null
  before=$(cpu_ms)
  out=$(wrk -t1 -c16 -d"${seconds}s" -H "Accept: text/html" -H "Accept-Encoding: br" -H "Cookie: $2" "$base$1")
  after=$(cpu_ms)
  requests=$(awk '/requests in/ { print $1 }' <<<"$out")
  rate=$(awk '/^Requests\/sec/ { printf "%.0f", $2 }' <<<"$out")
  cpu=$(awk -v ms=$((after - before)) -v n="$requests" 'BEGIN { if (n) printf "%.3f ms", ms / n }')
  grep -q 'Non-2xx' <<<"$out" && rate+=" (with errors)"
  return 0
}

say "· making data: 500 learners"
make_data "$scratch/data" 500 >"$scratch/demo.log" 2>&1 || { tail -n 20 "$scratch/demo.log" >&2; fail "The demonstration data could not be made."; }

say "· cold start"
mapfile -t arguments < <(serve_arguments "$scratch/data")
started=$(for _ in 1 2 3 4 5; do node .make/page.mjs start "$base$catalogue" "$program" "${arguments[@]}" || true; done | sort -n | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)] " ms (median of " NR ")"; else print "– (no page)" }')

say "· load"
start_program "$scratch/data"
sleep 2
idle=$(memory_mb VmRSS)
learner_cookie=$(sign_in "$learner")
curl -sS -o /dev/null -H "Cookie: $learner_cookie" -H "Origin: $base" -X POST "$base$course/enrolment" || true
[ -n "$learner_cookie" ] || say "  (nobody could sign in: look at sign_in in .make/bench.sh)"
load "$lesson" "$learner_cookie"
row "lesson page, signed in, pages/s" "1,000" "6,000" "$rate"
row "server CPU per lesson page" "2 ms" "0.3 ms" "$cpu"
load "$course" ""
row "course page, anonymous, pages/s" "" "" "$rate"
row "server CPU per course page" "" "" "$cpu"
row "memory, idle" "80 MB" "30 MB" "$idle"
row "memory, after the load" "250 MB" "100 MB" "$(memory_mb VmRSS)"
row "cold start to first page" "500 ms" "100 ms" "$started"

say "· answers"
seen=$(node .make/attempts.mjs "$base" "$course" "$password" "$seconds" || true)
if [ -n "$seen" ]; then
  note=$([ "$(field "$seen" refused)" = 0 ] || echo " ($(field "$seen" refused) refused)")
  row "answers saved, synced to disk, per second" "600" "2,000" "$(field "$seen" saves)$note"
  row "whole attempts (start, $(field "$seen" answers) answers, submit), per second" "100" "1,000" "$(field "$seen" attempts)$note"
else
  row "answers saved, synced to disk, per second" "600" "2,000" "– (not measured)"
fi

say "· bytes"
weigh() { # NAME PATH COOKIE FLOOR AIM [FLOOR AIM]: the page's bytes, and its script; bounds of the script, of all bytes
  local seen
  seen=$(node .make/page.mjs bytes "$base$2" "$3") || { row "$1" "" "" "– (no answer)"; return 0; }
  if [ "$(field "$seen" status)" != 200 ]; then row "$1" "" "" "– (answered $(field "$seen" status))"; return 0; fi
  row "$1, first HTML" "14 kB" "14 kB" "$(kb "$(field "$seen" html)")"
  # Of pages to read only: where learners answer, the script comes on top.
  row "$1, all bytes, cold" "${6-}" "${7-}" "$(kb "$(field "$seen" all)") in $(field "$seen" requests) requests"
  row "$1, script + wasm" "$4" "$5" "$(kb "$(field "$seen" script)")"
}
weigh "lesson page" "$lesson" "$learner_cookie" "0 kB" "0 kB" "150 kB" "60 kB"
weigh "course page" "$course" "" "0 kB" "0 kB" "150 kB" "60 kB"
quiz=$(quiz_page "$learner_cookie")
if [ -n "$quiz" ]; then weigh "quiz page" "$quiz" "$learner_cookie" "150 kB" "90 kB"; else row "quiz page" "" "" "– (no attempt; see quiz_page in .make/bench.sh)"; fi
stop_program

if [ "${BENCH_LARGE:-}" = 1 ]; then
  say "· making data: 100,000 learners"
  make_data "$scratch/large" 100000 >"$scratch/demo.log" 2>&1 || { tail -n 20 "$scratch/demo.log" >&2; fail "The demonstration data could not be made."; }
  start_program "$scratch/large"
  cookie=$(sign_in "$coordinator")
  curl -s -o /dev/null -H "Cookie: $cookie" "$base$report_page"
  before=$(memory_mb VmRSS)
  seen=$(curl -sS -o "$scratch/report.csv" -w '%{http_code} %{time_total}' -H "Cookie: $cookie" -H "Origin: $base" -X POST "$base$report_export")
  if [ "${seen% *}" = 200 ]; then
    row "completion report as CSV" "2 s" "0.5 s" "${seen#* } s, $(($(wc -l <"$scratch/report.csv") - 1)) rows"
    row "memory, before / most during the report" "flat" "flat" "$before / $(memory_mb VmHWM)"
  else
    row "completion report as CSV" "2 s" "0.5 s" "– (answered ${seen% *})"
  fi
  stop_program
fi

dirty=$([ -z "$(git status --porcelain 2>/dev/null)" ] || echo " with changes")
say
say "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores (the load generator runs on them too)"
say "$(git rev-parse --short HEAD 2>/dev/null || echo 'no commit')$dirty, $(date -u +%F), program of $(awk -v n="$(stat -c %s "$program")" 'BEGIN { printf "%.0f", n / 1e6 }') MB"
say
printf '%s\n' "what|floor|aim|seen" "${rows[@]}" | node -e '
const rows = require("node:fs").readFileSync(0, "utf8").trim().split("\n").map((line) => line.split("|"));
const wide = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
rows.splice(1, 0, wide.map((n) => "-".repeat(n)));
for (const row of rows) console.log("| " + row.map((cell, column) => cell.padEnd(wide[column])).join(" | ") + " |");'

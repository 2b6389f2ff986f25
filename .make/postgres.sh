#!/usr/bin/env bash
# A private PostgreSQL that leaves nothing behind.
#   .make/postgres.sh start DIR [PID]   creates DIR, starts a server in it and prints its URL;
#                                       with PID, the server also goes when that process does, however it ends
#   .make/postgres.sh stop DIR          stops the server and removes DIR
# DIR must not exist, its parent must be readable by all, and its path short (a socket lives in it): under /tmp.
# CAMPUS_POSTGRES_FSYNC=off is quicker, for data that may be lost.
set -euo pipefail
# shellcheck source=.make/env.sh
. "$(dirname "$0")/env.sh"

[ $# -ge 2 ] || fail "usage: .make/postgres.sh start DIR [PID] | stop DIR"
verb=$1 dir=$2 owner=${3:-}
case $dir in /*) ;; *) dir=$PWD/$dir ;; esac
programs=$(postgres_programs) || fail "PostgreSQL's programs are missing. Run: .make/setup.sh test"

# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

stop() {
  [ -d "$dir" ] || return 0
  # Only a folder that `start` made is ever removed.
  [ -e "$dir/made-by-e-campus" ] || fail "$dir was not made by this script; it stays."
  cd "$dir"
  if [ -s data/postmaster.pid ]; then
    as_postgres "$programs/pg_ctl" -D "$dir/data" -m fast -t 20 -w stop >/dev/null 2>&1 ||
      as_postgres "$programs/pg_ctl" -D "$dir/data" -m immediate -t 10 -w stop >/dev/null 2>&1 || true
  fi
  cd /
  rm -rf "$dir"
}

# Stops the server when process $owner is gone; ends by itself when somebody else stopped it.
watch_owner() {
  while [ -d "$dir" ] && alive "$owner"; do sleep 1; done
  stop
}

start() {
  [ ! -e "$dir" ] || fail "$dir exists already."
  trap stop EXIT
  trap 'exit 130' INT TERM HUP
  if [ "$(id -u)" = 0 ]; then install -d -m 700 -o postgres "$dir"; else install -d -m 700 "$dir"; fi
  touch "$dir/made-by-e-campus"
  cd "$dir"
  as_postgres "$programs/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 ||
    { tail -n 20 "$dir/initdb.log" >&2; fail "PostgreSQL could not set up its folder."; }

  local try port
  for try in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 12000))
    # Its output must not keep a caller's pipe open.
    if as_postgres "$programs/pg_ctl" -D "$dir/data" -l "$dir/data/server.log" -t 30 -w start \
      -o "-p $port -k $dir -c listen_addresses=127.0.0.1 -c max_connections=200 -c fsync=${CAMPUS_POSTGRES_FSYNC:-on}" >/dev/null 2>&1 9>&-; then
      break
    fi
    [ "$try" != 5 ] || { tail -n 20 "$dir/data/server.log" >&2; fail "PostgreSQL did not start."; }
  done
  if [ -n "$owner" ]; then
    (trap - EXIT INT TERM HUP; watch_owner) >/dev/null 2>&1 </dev/null &
    disown
  fi
  trap - EXIT INT TERM HUP
  say "postgres://postgres@127.0.0.1:$port/postgres"
}

case $verb in
  start) start ;;
  stop) stop ;;
  *) fail "usage: .make/postgres.sh start DIR [PID] | stop DIR" ;;
esac

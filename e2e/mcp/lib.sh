# shellcheck shell=bash
# What the parts of run.sh share. Sourced; expects to stand in the repository's root.

skipped=0
pids=()

skip_all() {
  echo "SKIPPED e2e/mcp: $1. Nothing was tested with real MCP peers." >&2
  exit 77
}

skip_part() { # part, why
  echo "SKIPPED e2e/mcp, $1: $2. That part was not tested." >&2
  skipped=$((skipped + 1))
}

# At the end of a pipe it runs in a shell of its own, whose variables nobody sees: a file tells.
wrong() { # what, more of it on standard input
  echo "DIFFERENT: $1" >&2
  cut -c1-300 | sed 's/^/    /' | head -40 >&2
  touch "$scratch/something-was-wrong"
}

# Ends what was started, by its process id, and waits for it.
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$scratch"
}

started() { pids+=("$1"); }

node_at_least() { # major, minor
  node -e 'const [a, b] = process.versions.node.split("."); process.exit(+a > +process.argv[1] || (a === process.argv[1] && +b >= +process.argv[2]) ? 0 : 1)' "$1" "$2"
}

same() { # what, the direct answers, the others
  if cmp -s "$2" "$3"; then
    echo "same: $1 ($(wc -l <"$2") lines)"
  else
    { diff "$2" "$3" || true; } | wrong "$1"
  fi
}

holds() { # what, file, strings that it must hold; those after -- it must not
  local what=$1 file=$2 wanted=0
  shift 2
  for string in "$@"; do
    if [ "$string" = -- ]; then
      wanted=1
    elif { grep -qF -- "$string" "$file" && [ $wanted = 1 ]; } || { ! grep -qF -- "$string" "$file" && [ $wanted = 0 ]; }; then
      { echo "about: $string"; cat "$file"; } | wrong "$what"
      return
    fi
  done
  echo "holds: $what"
}

listening() { # log: the address that a proxy or a server says it listens on
  local tries
  for tries in $(seq 150); do
    sed -n 's/.*listening on \(http:[^ ]*\).*/\1/p' "$1" | grep . && return
    sleep 0.1
  done
  echo "nobody listens after $tries tries: $(cat "$1")" >&2
  exit 1
}

# Started in the background: a proxy that listens, and where. Sets address.
front() { # log's name, arguments of mcp proxy
  local log=$scratch/$1.log
  shift
  "$governor" mcp proxy --listen 127.0.0.1:0 "$@" >"$log" 2>&1 &
  started $!
  address=$(listening "$log")
}

# The same of a server that is a program of node's. Sets address.
serving() { # log's name, its arguments
  local log=$scratch/$1.log
  shift
  (cd "$scratch" && exec node "$@") >"$log" 2>&1 &
  started $!
  address=$(listening "$log")
}

# server-everything over HTTP, once, on a port that nobody has. Sets url.
url=
everything_on_http() {
  [ -z "$url" ] || return 0
  local port
  port=$(node -e 's=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
  PORT=$port node "$modules/@modelcontextprotocol/server-everything/dist/index.js" streamableHttp >"$scratch/everything-http.log" 2>&1 &
  started $!
  url=http://127.0.0.1:$port/mcp
  for _ in $(seq 100); do
    ! node -e 'require("net").connect(process.argv[1],"127.0.0.1").on("connect",()=>process.exit(0)).on("error",()=>process.exit(1))' "$port" || return 0
    sleep 0.1
  done
}

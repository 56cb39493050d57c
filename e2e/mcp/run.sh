#!/usr/bin/env bash
# MCP servers and a client that nobody here wrote, directly and through `governor mcp proxy`: what the client is told must be
# the same. Needs node, npm and a built command (mvn -q -Dquick -DskipTests package); without one of them it says so and skips.
#
#   e2e/mcp/run.sh              installs the pinned packages into a scratch folder
#   E2E_MODULES=DIR e2e/mcp/run.sh   takes node_modules from DIR, which holds them already
#
# Exit code: 0 when everything was the same, 1 when something was not, 77 when it was skipped.
set -euo pipefail
cd "$(dirname "$0")/../.."

skip() {
  echo "SKIPPED e2e/mcp: $1. Nothing was tested with real MCP servers." >&2
  exit 77
}
command -v node >/dev/null || skip "node is not on the PATH"
governor=${GOVERNOR:-$PWD/bin/governor}
[ -x "$governor" ] || skip "$governor cannot be run"

scratch=$(mktemp -d)
servers=()
finish() {
  for pid in "${servers[@]}"; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$scratch"
}
trap finish EXIT

cp e2e/mcp/client.mjs e2e/mcp/package.json "$scratch"
if [ -n "${E2E_MODULES:-}" ]; then
  ln -s "$E2E_MODULES/node_modules" "$scratch/node_modules"
else
  command -v npm >/dev/null || skip "npm is not on the PATH"
  (cd "$scratch" && npm install --no-audit --no-fund --ignore-scripts --silent >"$scratch/npm.log" 2>&1) ||
    skip "npm could not install the pinned packages: $(tail -1 "$scratch/npm.log")"
fi

export GOVERNOR_HOME="$scratch/state" E2E_ROOT="$scratch/root" MEMORY_FILE_PATH="$scratch/memory.json"
mkdir -p "$E2E_ROOT"
modules=$scratch/node_modules/@modelcontextprotocol
declare -A server=(
  [everything]="$modules/server-everything/dist/index.js stdio"
  [filesystem]="$modules/server-filesystem/dist/index.js $E2E_ROOT"
  [memory]="$modules/server-memory/dist/index.js"
)
failed=0
talk() { (cd "$scratch" && node client.mjs "$@"); }

same() { # what, the direct answers, the others
  if cmp -s "$2" "$3"; then
    echo "same: $1 ($(wc -l <"$2") answers)"
  else
    echo "DIFFERENT: $1" >&2
    diff "$2" "$3" | cut -c1-300 >&2 || true
    failed=1
  fi
}

listening() { # log: the address that a proxy says it listens on
  for _ in $(seq 100); do
    sed -n 's/.*listening on \(http:[^ ]*\).*/\1/p' "$1" | grep . && return
    sleep 0.1
  done
  echo "DIFFERENT: no proxy listens: $(cat "$1")" >&2
  exit 1
}

for name in everything filesystem memory; do
  # shellcheck disable=SC2086 # A command and its arguments.
  {
    talk "$name" stdio node ${server[$name]} >"$scratch/$name.direct"
    talk "$name" stdio "$governor" mcp proxy --name "$name" --inherit MEMORY_FILE_PATH -- node ${server[$name]} >"$scratch/$name.stdio"
    "$governor" mcp proxy --name "$name" --inherit MEMORY_FILE_PATH --listen 127.0.0.1:0 -- node ${server[$name]} >"$scratch/$name.log" 2>&1 &
  }
  servers+=($!)
  same "$name over stdio" "$scratch/$name.direct" "$scratch/$name.stdio"
  talk "$name" http "$(listening "$scratch/$name.log")" >"$scratch/$name.front"
  same "$name over HTTP, a process behind it" "$scratch/$name.direct" "$scratch/$name.front"
done

# One server that speaks HTTP itself, and a port that nobody has.
port=$(node -e 's=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
PORT=$port node "$modules/server-everything/dist/index.js" streamableHttp >"$scratch/http.log" 2>&1 &
servers+=($!)
url=http://127.0.0.1:$port/mcp
for _ in $(seq 100); do curl -s -o "$scratch/ready" "$url" && break || sleep 0.1; done
talk everything http "$url" >"$scratch/http.direct"
"$governor" mcp proxy --name everything --url "$url" --listen 127.0.0.1:0 >"$scratch/proxy.log" 2>&1 &
servers+=($!)
talk everything http "$(listening "$scratch/proxy.log")" >"$scratch/http.proxied"
same "everything over HTTP" "$scratch/http.direct" "$scratch/http.proxied"
talk everything stdio "$governor" mcp proxy --name everything --url "$url" >"$scratch/http.stdio"
same "everything over stdio, HTTP behind it" "$scratch/http.direct" "$scratch/http.stdio"

# And a rule does what it says.
cat >"$scratch/policy.yaml" <<'POLICY'
governor: 1                         
id: e2e
mode: enforce
rules:
  - id: E2E-001
    effect: deny
    tool: mcp__everything__echo
    reason: Not in this test.
POLICY
# shellcheck disable=SC2086
talk denied stdio "$governor" mcp proxy --policy "$scratch/policy.yaml" --name everything -- node ${server[everything]} >"$scratch/denied"
if grep -q 'E2E-001' "$scratch/denied" && grep -q '"isError":true' "$scratch/denied"; then
  echo "denied: echo, by its rule"
else
  echo "DIFFERENT: echo was not denied: $(cut -c1-300 "$scratch/denied")" >&2
  failed=1
fi
exit $failed

# shellcheck shell=bash
# The official suite's server scenarios against a fixture server that passes all of them: directly, and through the proxy.

judged() { # name, url, more options: the suite's summary without its colours
  local name=$1 url=$2
  shift 2
  (cd "$scratch" && timeout 60 node "$modules/@modelcontextprotocol/conformance/dist/index.js" server --url "$url" "$@") >"$scratch/$name.said" 2>&1 || true
  sed -n '/=== SUMMARY ===/,$p' "$scratch/$name.said" | sed 's/\x1b\[[0-9;]*m//g' >"$scratch/$name.summary"
}

all_passed() { # what, summary, scenarios at least
  if grep -q '^Total: [0-9]* passed, 0 failed' "$2" && [ "$(grep -c '^✓' "$2")" -ge "$3" ]; then
    echo "holds: $1: $(grep '^Total' "$2") in $(grep -c '^✓' "$2") scenarios"
  else
    wrong "$1" <"$2"
  fi
}

if [ $recent_node = no ]; then
  skip_part conformance "the suite needs node 22.19, and this is $(node --version)"
else
  revision=(--suite all --spec-version 2025-11-25)
  serving fixture fixture-server.mjs http
  judged fixture "$address" "${revision[@]}"
  all_passed "conformance of the fixture server, directly" "$scratch/fixture.summary" 32
  front fixture-proxy --name fixture --url "$address"
  judged fixture-proxied "$address" "${revision[@]}"
  all_passed "conformance of the fixture server, through the proxy" "$scratch/fixture-proxied.summary" 32
  same "the two summaries" "$scratch/fixture.summary" "$scratch/fixture-proxied.summary"

  # A process has no streams to close and come back to: but for that, each session being one, it is the same.
  front fixture-front --name fixture -- node "$scratch/fixture-server.mjs" stdio
  judged fixture-fronted "$address" "${revision[@]}"
  for each in fixture fixture-fronted; do grep -v -e sse- -e Total "$scratch/$each.summary" >"$scratch/$each.most"; done
  all_passed "conformance of the fixture server as a process, HTTP in front of it" "$scratch/fixture-fronted.summary" 32
  same "the two summaries but for streams" "$scratch/fixture.most" "$scratch/fixture-fronted.most"
fi

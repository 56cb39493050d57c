#!/usr/bin/env bash
# Real coding agents, their models played by a script, governed through their hooks: what is refused must not happen, what happens
# must be on record. Needs node, npm and a built command (mvn -q -Dquick -DskipTests package), curl and Linux on x86-64.
#
#   e2e/hooks/run.sh                     installs the pinned packages (1.1 GB) into a scratch folder
#   E2E_MODULES=DIR e2e/hooks/run.sh     keeps them in DIR and installs what is missing there
#   e2e/hooks/run.sh codex killed        only the lines that hold these words
#
# One line for each agent and scenario. Exit code: 0 when all was well, 1 when something was not, 77 when nothing could be tried.
set -euo pipefail
cd "$(dirname "$0")/../.."

skip() {
  echo "SKIPPED e2e/hooks: $1. Nothing was tested with real coding agents." >&2
  exit 77
}
command -v node >/dev/null || skip "node is not on the PATH"
[ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" = true ] || skip "node $(node --version) is older than 20"
command -v curl >/dev/null || skip "curl is not on the PATH"
[ "$(uname -sm)" = "Linux x86_64" ] || skip "the packages are for Linux x86_64"
export GOVERNOR=${GOVERNOR:-$PWD/bin/governor}
[ -x "$GOVERNOR" ] || skip "$GOVERNOR cannot be run"
"$GOVERNOR" --version >/dev/null || skip "$GOVERNOR cannot be built"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
modules=${E2E_MODULES:-$scratch/modules}

missing=0
while read -r folder package file; do
  [ -e "$modules/$folder/$file" ] && continue
  mkdir -p "$modules/$folder"
  echo '{"private": true}' >"$modules/$folder/package.json"
  if ! { command -v npm >/dev/null &&
    (cd "$modules/$folder" && npm install --no-audit --no-fund --ignore-scripts --no-package-lock "$package") >"$scratch/npm.log" 2>&1 &&
    [ -e "$modules/$folder/$file" ]; }; then
    echo "SKIPPED e2e/hooks: $package could not be had from npm. Nothing was tested with it." >&2
    missing=$((missing + 1))
  fi
done < <(node e2e/hooks/main.mjs packages)
[ "$missing" -lt 4 ] || skip "none of the agents could be had"

nice node e2e/hooks/main.mjs run "$modules" "$scratch" "$@"

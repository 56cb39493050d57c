# shellcheck shell=bash
# The inspector's command line, each question directly and through the proxy: what it prints and its exit code.

inspected() { # file, arguments: the answer, then the exit code
  local file=$1 code=0
  shift
  MCP_CATALOG_PATH=$scratch/catalog.json timeout 60 node "$modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js" --cli \
    "$@" >"$scratch/$file" 2>"$scratch/$file.err" </dev/null || code=$?
  echo "exit $code" >>"$scratch/$file"
}

both() { # name of the server, arguments: over stdio, directly and through
  local name=$1 command
  shift
  read -ra command <<<"${server[$name]}"
  inspected "$name.one" node "${command[@]}" -e MEMORY_FILE_PATH="$MEMORY_FILE_PATH" "$@" &
  local direct=$!
  inspected "$name.other" "$governor" mcp proxy --name "$name" --inherit MEMORY_FILE_PATH -- node "${command[@]}" \
    -e MEMORY_FILE_PATH="$MEMORY_FILE_PATH" -e GOVERNOR_HOME="$GOVERNOR_HOME" "$@"
  wait $direct
  answered "inspector, $name over stdio: $*" "$scratch/$name.one" "$scratch/$name.other"
}

over_http() { # name, url, proxy's url, arguments
  local name=$1 url=$2 through=$3
  shift 3
  inspected "$name.one" "$url" --transport http "$@" &
  local direct=$!
  inspected "$name.other" "$through" --transport http "$@"
  wait $direct
  answered "inspector, $name over HTTP: $*" "$scratch/$name.one" "$scratch/$name.other"
}

answered() { # what, two files: an answer, and the same one
  if [ "$(wc -l <"$2")" -lt 3 ]; then
    cat "$2" "$2.err" | wrong "$1: no answer even directly"
  else
    same "$1" "$2" "$3"
  fi
}

denying() { # file
  cat >"$1" <<'POLICY'
governor: 1
id: e2e
mode: enforce
rules:
  - id: E2E-001
    effect: deny
    tool: mcp__everything__echo
    reason: Not in this test.
POLICY
}

if [ $recent_node = no ]; then
  skip_part inspector "it needs node 22.19, and this is $(node --version)"
else
  printf 'line 1\nline 2\n' >"$E2E_ROOT/read.txt"
  printf '{"type":"entity","name":"x","entityType":"t","observations":["o"]}\n' >"$MEMORY_FILE_PATH"
  both everything --method tools/call --tool-name get-sum --tool-arg a=2 b=3
  both everything --method tools/call --tool-name get-sum --tool-arg a=x
  both filesystem --method tools/call --tool-name read_text_file --tool-arg path="$E2E_ROOT/read.txt"
  both filesystem --method tools/list
  both memory --method tools/call --tool-name read_graph

  # These two speak stdio alone; the proxy speaks HTTP for them.
  for question in "filesystem list_allowed_directories" "memory read_graph"; do
    read -r name tool <<<"$question"
    read -ra command <<<"${server[$name]}"
    front "inspected-$name" --name "$name" --inherit MEMORY_FILE_PATH -- node "${command[@]}"
    inspected "$name.one" node "${command[@]}" -e MEMORY_FILE_PATH="$MEMORY_FILE_PATH" --method tools/call --tool-name "$tool" &
    one=$!
    inspected "$name.other" "$address" --transport http --method tools/call --tool-name "$tool"
    wait $one
    answered "inspector, $name over HTTP, a process behind it: $tool" "$scratch/$name.one" "$scratch/$name.other"
  done

  everything_on_http
  front inspected-proxy --name everything --url "$url"
  for question in "tools/list" "tools/call --tool-name echo --tool-arg message=hello" "resources/list" "prompts/get --prompt-name simple-prompt"; do
    # shellcheck disable=SC2086 # A method and its options.
    over_http everything "$url" "$address" --method $question
  done

  # A denied tool is shown in full (exit code 5), a denial as a JSON-RPC error is an error of the inspector's (exit code 1).
  denying "$scratch/denying.yaml"
  read -ra everything <<<"${server[everything]}"
  question=(-e GOVERNOR_HOME="$GOVERNOR_HOME" --method tools/call --tool-name echo --tool-arg message=hello)
  inspected denied "$governor" mcp proxy --policy "$scratch/denying.yaml" --name everything -- node "${everything[@]}" "${question[@]}" &
  one=$!
  inspected refused "$governor" mcp proxy --policy "$scratch/denying.yaml" --errors --name everything -- node "${everything[@]}" "${question[@]}"
  wait $one
  cat "$scratch/denied.err" >>"$scratch/denied"
  cat "$scratch/refused.err" >>"$scratch/refused"
  holds "inspector, a denied tool is shown in full" "$scratch/denied" '"isError": true' 'Not in this test.' E2E-001 'exit 5'
  holds "inspector, a denial as an error" "$scratch/refused" 'Not in this test.' 'exit 1' -- '"isError"'
fi

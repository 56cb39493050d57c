# shellcheck shell=bash
# A rule does what it says, whatever the transport: a denial as a result and as an error, redaction both ways, a hidden tool.

rule_policy() { # file, first lines
  {
    printf '%s\n' 'governor: 1' 'id: e2e' 'mode: enforce' "${@:2}"
    cat <<'POLICY'
rules:
  - id: E2E-001
    effect: deny
    tool: mcp__everything__get-env
    reason: Not in this test.
    suggest: Ask for one variable.
  - id: E2E-002
    effect: redact
    tool: ["mcp__everything__echo", "mcp__filesystem__read_text_file"]
    when: {detect: [secret], in: [arguments, result]}
POLICY
  } >"$1"
}
rule_policy "$scratch/policy.yaml"
rule_policy "$scratch/hiding.yaml" 'hide: true'
# What looks like a key, and is nobody's.
key=$(node -e 'console.log("AKIA" + Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[b % 32]).join(""))')
printf 'first\nkey %s\nlast\n' "$key" >"$E2E_ROOT/secret.txt"

asked() { (cd "$scratch" && E2E_SECRET=$key node client.mjs "$@"); }

everything_on_http
read -ra everything <<<"${server[everything]}"
read -ra filesystem <<<"${server[filesystem]}"
through=("$governor" mcp proxy --policy "$scratch/policy.yaml")

asked ruled stdio "${through[@]}" --name everything -- node "${everything[@]}" >"$scratch/ruled.stdio"
front ruled --policy "$scratch/policy.yaml" --name everything --url "$url"
asked ruled http "$address" >"$scratch/ruled.http"
for way in stdio http; do
  grep '^env ' "$scratch/ruled.$way" >"$scratch/env.$way"
  grep '^echo ' "$scratch/ruled.$way" >"$scratch/echo.$way"
  holds "denied over $way, as a result" "$scratch/env.$way" '"isError":true' 'Not in this test.' 'Ask for one variable.' '"io.governor/rules":["E2E-001"]' -- GOVERNOR_HOME PATH
  holds "redacted on its way to the server over $way" "$scratch/echo.$way" 'Echo: ' -- "$key" '"isError":true'
done

asked ruled stdio "${through[@]}" --errors --name everything -- node "${everything[@]}" >"$scratch/ruled.errors"
grep '^env ' "$scratch/ruled.errors" >"$scratch/env.errors"
holds "denied as an error" "$scratch/env.errors" '{"failed":"MCP error -32001: ' 'Not in this test.' -- PATH

asked ruled-files stdio "${through[@]}" --name filesystem -- node "${filesystem[@]}" >"$scratch/ruled.files"
holds "redacted on its way to the client" "$scratch/ruled.files" first last -- "$key" '"isError":true'

asked names stdio "$governor" mcp proxy --name everything -- node "${everything[@]}" >"$scratch/names.all"
asked names stdio "$governor" mcp proxy --policy "$scratch/hiding.yaml" --name everything -- node "${everything[@]}" >"$scratch/names.offered"
holds "a tool before it is hidden" "$scratch/names.all" get-env get-sum
grep -v 'get-env$' "$scratch/names.all" >"$scratch/names.left"
same "the tools but for a hidden one" "$scratch/names.left" "$scratch/names.offered"

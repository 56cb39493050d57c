# shellcheck shell=bash
# The era without sessions (2026-07-28), with its own SDK on both sides: over each pairing of transports, under rules, and by
# the official suite, what the revision requires and what it runs besides.

stateless() { (cd "$scratch" && E2E_SECRET=$key node stateless-client.mjs "$@"); }
key=AKIA$(node -e 'console.log(Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[b % 32]).join(""))')
process=(node "$scratch/stateless-server.mjs" stdio)

serving stateless stateless-server.mjs http
there=$address
front stateless-proxy --name stateless --url "$there"
stateless all stdio "${process[@]}" >"$scratch/stateless.direct"
stateless all stdio "$governor" mcp proxy --name stateless -- "${process[@]}" >"$scratch/stateless.stdio"
same "2026-07-28 over stdio" "$scratch/stateless.direct" "$scratch/stateless.stdio"
stateless all http "$there" >"$scratch/stateless.url"
stateless all http "$address" >"$scratch/stateless.http"
same "2026-07-28 over HTTP" "$scratch/stateless.url" "$scratch/stateless.http"
stateless all stdio "$governor" mcp proxy --name stateless --url "$there" >"$scratch/stateless.stdio-url"
same "2026-07-28 over stdio, HTTP behind it" "$scratch/stateless.url" "$scratch/stateless.stdio-url"
front stateless-front --name stateless -- "${process[@]}"
stateless all http "$address" >"$scratch/stateless.front"
same "2026-07-28 over HTTP, a process behind it" "$scratch/stateless.direct" "$scratch/stateless.front"
holds "2026-07-28, what is asked for is answered" "$scratch/stateless.http" 'Hello, my name!' 'my name likes my color' 'state-ok' '"Paris"' 'file:///workspace' '[0,50,100]'

cat >"$scratch/stateless.yaml" <<'POLICY'
governor: 1
id: e2e
mode: enforce
rules:
  - id: E2E-001
    effect: deny
    tool: mcp__stateless__test_simple_text
    reason: Not in this test.
  - id: E2E-002
    effect: redact
    tool: mcp__stateless__test_sent
    when: {detect: [secret], in: [arguments]}
  - id: E2E-003
    effect: deny
    tool: mcp__stateless__test_input_required_result_elicitation
    limit: {calls: 1, within: PT1H, per: session}
POLICY
front stateless-ruled --policy "$scratch/stateless.yaml" --name stateless --url "$there"
stateless ruled http "$address" >"$scratch/stateless-ruled.http"
stateless ruled stdio "$governor" mcp proxy --policy "$scratch/stateless.yaml" --name stateless -- "${process[@]}" >"$scratch/stateless-ruled.stdio"
stateless ruled stdio "$governor" mcp proxy --policy "$scratch/stateless.yaml" --name stateless --url "$there" >"$scratch/stateless-ruled.stdio-url"
for way in http stdio stdio-url; do
  for step in denied redacted once twice; do grep "^$step " "$scratch/stateless-ruled.$way" >"$scratch/$step.$way"; done
  holds "2026-07-28, denied over $way" "$scratch/denied.$way" '"isError":true' 'Not in this test.' -- 'simple text response'
  holds "2026-07-28, redacted over $way" "$scratch/redacted.$way" 'value' -- "$key" '"failed"'
  holds "2026-07-28, a call and what it asked for count once over $way" "$scratch/once.$way" 'Hello, my name!'
  holds "2026-07-28, the call after it is one too many over $way" "$scratch/twice.$way" '"isError":true' E2E-003
done
# The argument goes over HTTP as a header field too, and the server is told there what it is told in the message.
for way in http stdio-url; do
  holds "2026-07-28, redacted in the header field over $way" "$scratch/redacted.$way" 'mcp-param-value\",\"key [REDACTED'
done

if [ $recent_node = no ]; then
  skip_part "stateless, the official suite" "it needs node 22.19, and this is $(node --version)"
else
  for each in there:$there through:$(listening "$scratch/stateless-proxy.log"); do
    (cd "$scratch" && timeout 60 node "$modules/conformance-next/dist/index.js" server --url "${each#*:}" --requirements 2026-07-28 -o "$scratch/checked") \
      >"$scratch/${each%%:*}.said" 2>&1 || true
    sed -n '/=== SUMMARY ===/,$p' "$scratch/${each%%:*}.said" | sed 's/\x1b\[[0-9;]*m//g' >"$scratch/${each%%:*}.summary"
  done
  # What the revision does not require, the proxy may do better than the server: it checks header fields against messages.
  sed -n '/^Not scored/,$s/^ *[✓✗] \([^ ]*\) .*/ \1:/p' "$scratch/there.summary" >"$scratch/optional"
  for way in there through; do
    sed '/^Not scored/,$d' "$scratch/$way.summary" | grep -vFf "$scratch/optional" | grep '^[✓✗]' >"$scratch/$way.required" || true
    sed '/^Not scored/,$d' "$scratch/$way.summary" | grep -Ff "$scratch/optional" | grep '^✓' | sed 's/:.*//' >"$scratch/$way.optional" || true
  done
  if [ "$(grep -c '^✓' "$scratch/there.required")" -ge 37 ] && ! grep '^✗' "$scratch/there.required" >/dev/null; then
    echo "holds: conformance of the stateless server, directly: all $(grep -c . "$scratch/there.required") scenarios that 2026-07-28 requires"
  else
    wrong "conformance of the stateless server, directly" <"$scratch/there.summary"
  fi
  same "what the suite requires, through the proxy" "$scratch/there.required" "$scratch/through.required"
  if grep -vxFf "$scratch/through.optional" "$scratch/there.optional" >"$scratch/lost"; then
    wrong "what the suite runs besides, lost by the proxy" <"$scratch/lost"
  fi
fi

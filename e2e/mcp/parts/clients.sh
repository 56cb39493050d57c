# shellcheck shell=bash
# The official suite's client scenarios, with a client of the Java SDK: as it is, and governed at its transport.

client_main=io.governor.mcp.sdk.ConformanceClient
test_classes=governor-mcp/target/test-classes

checked() { # scenario, option of the client: what the suite checked and found, without what differs from run to run
  local scenario=$1 option=$2 out=$scratch/client-$1$2
  (cd "$scratch" && timeout 60 node "$modules/@modelcontextprotocol/conformance/dist/index.js" client --scenario "$scenario" -o "$out" \
    --command "java -Xshare:auto -XX:TieredStopAtLevel=1 -cp $client_classpath $client_main $option") >"$out.said" 2>&1 || true
  node -e 'for (const check of JSON.parse(require("fs").readFileSync(process.argv[1])).filter(({ status }) => status !== "INFO")) console.log(check.status, check.id, check.name)' \
    "$(find "$out" -name checks.json | head -1)" >"$out.checks" 2>>"$out.said" || true
}

if [ $recent_node = no ]; then
  skip_part clients "the suite needs node 22.19, and this is $(node --version)"
elif [ -z "${E2E_CLASSPATH:-}" ] && { [ ! -f governor-mcp/target/test.classpath ] || [ ! -d $test_classes ]; }; then
  skip_part clients "the tests of governor-mcp are not compiled (mvn -q -Dquick -DskipTests package does it)"
else
  client_classpath=${E2E_CLASSPATH:-$PWD/$test_classes:$PWD/governor-mcp/target/classes:$(cat governor-mcp/target/test.classpath)}
  for scenario in initialize tools_call elicitation-sep1034-client-defaults sse-retry; do
    checked "$scenario" --direct &
    direct=$!
    checked "$scenario" ""
    wait $direct
    if [ ! -s "$scratch/client-$scenario--direct.checks" ]; then
      tail -5 "$scratch/client-$scenario--direct.said" | wrong "client scenario $scenario: nothing was checked even directly"
    else
      same "client scenario $scenario: $(grep -c ^SUCCESS "$scratch/client-$scenario.checks" || true) checks passed, governed as not" \
        "$scratch/client-$scenario--direct.checks" "$scratch/client-$scenario.checks"
    fi
    { grep -v ^SUCCESS "$scratch/client-$scenario--direct.checks" || true; } | sed "s/^/note: $scenario, the SDK directly: /"
  done
fi

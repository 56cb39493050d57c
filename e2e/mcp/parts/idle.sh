# shellcheck shell=bash
# What a proxy costs when nobody says anything: its processor time over half a minute, a server behind it. Only measured, so it
# runs only when asked for: e2e/mcp/run.sh idle

spent() { # process: milliseconds of processor time, from /proc (Linux)
  awk -v tick="$(getconf CLK_TCK)" '{sub(/.*\) /, ""); print ($12 + $13) * 1000 / tick}' "/proc/$1/stat"
}

proxy_of() { # process: the JVM it is, or has started
  local found
  found=$(pgrep -P "$1" java | head -1 || true)
  echo "${found:-$1}"
}

idled() { # what, process
  local process before
  process=$(proxy_of "$2")
  sleep 10 # What the start left to do is done.
  before=$(spent "$process")
  sleep 30
  echo "idle: $1: $(spent "$process" | awk -v before="$before" '{print $1 - before}') ms of processor time in 30 s"
}

if [ ! -r /proc/self/stat ]; then
  skip_part idle "processor time is read from /proc"
else
  coproc "$governor" mcp proxy --name fixture -- node "$scratch/fixture-server.mjs" stdio 2>/dev/null
  # shellcheck disable=SC2154 # coproc sets it.
  started "$COPROC_PID"
  echo '{"jsonrpc":"2.0","id":1,"method":"ping"}' >&"${COPROC[1]}"
  read -r _ <&"${COPROC[0]}"
  idled "stdio" "$COPROC_PID"
  serving idle-server fixture-server.mjs http
  front idle-front --name fixture --url "$address"
  idled "HTTP" "${pids[-1]}"
fi

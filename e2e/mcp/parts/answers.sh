# shellcheck shell=bash
# The same questions of the official TypeScript SDK's client, over each pairing of transports.

talk() { (cd "$scratch" && node client.mjs "$@"); }

for name in everything filesystem memory; do
  read -ra command <<<"${server[$name]}"
  talk "$name" stdio node "${command[@]}" >"$scratch/$name.direct"
  talk "$name" stdio "$governor" mcp proxy --name "$name" --inherit MEMORY_FILE_PATH -- node "${command[@]}" >"$scratch/$name.stdio"
  same "$name over stdio" "$scratch/$name.direct" "$scratch/$name.stdio"
  front "$name" --name "$name" --inherit MEMORY_FILE_PATH -- node "${command[@]}"
  talk "$name" http "$address" >"$scratch/$name.front"
  same "$name over HTTP, a process behind it" "$scratch/$name.direct" "$scratch/$name.front"
done

everything_on_http
talk everything http "$url" >"$scratch/http.direct"
front everything-url --name everything --url "$url"
talk everything http "$address" >"$scratch/http.proxied"
same "everything over HTTP" "$scratch/http.direct" "$scratch/http.proxied"
talk everything stdio "$governor" mcp proxy --name everything --url "$url" >"$scratch/http.stdio"
same "everything over stdio, HTTP behind it" "$scratch/http.direct" "$scratch/http.stdio"

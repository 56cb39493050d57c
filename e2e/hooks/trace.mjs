// Reads a trace and checks its chain, from the bytes, without Governor.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

// The events of the one trace below a state root: {events, broken: null or what is wrong with the chain}.
export function onlyTrace(state) {
  const folder = join(state, "traces");
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".jsonl"));
  if (files.length !== 1) throw new Error(`${files.length} sessions are recorded instead of one`);
  const lines = readFileSync(join(folder, files[0]), "utf8").split("\n");
  if (lines.pop() !== "") throw new Error("the last line of the trace has no end");
  const events = lines.map((line) => JSON.parse(line));
  return { events, broken: brokenLink(lines) ?? gap(events) };
}

// A line ends with its chain; the rest, closed again, is what was hashed behind the hash of the line before.
function brokenLink(lines) {
  let previous = "0".repeat(64);
  for (const [at, line] of lines.entries()) {
    const [, body, prev, hash] = line.match(/^(.*), "chain": \{"prev": "([0-9a-f]{64})", "hash": "([0-9a-f]{64})"\}\}\}$/) ?? [];
    if (prev !== previous) return `line ${at + 1} does not follow the line before`;
    if (createHash("sha256").update(Buffer.from(prev, "hex")).update(`${body}}}`).digest("hex") !== hash) return `line ${at + 1} was changed`;
    previous = hash;
  }
  return null;
}

function gap(events) {
  const at = events.findIndex((event, index) => event.event_sequence_number !== index + 1);
  return at < 0 ? null : `event ${at + 1} has the number ${events[at].event_sequence_number}`;
}

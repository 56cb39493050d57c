// Reads a trace and checks its chain, from the bytes, without Governor.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

// The traces below a state root: {events, broken: null or what is wrong with the chain}.
export function traces(state) {
  const folder = join(state, "traces");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".jsonl"))
    .map((name) => read(join(folder, name)));
}

function read(file) {
  const lines = readFileSync(file, "utf8").split("\n");
  if (lines.pop() !== "") throw new Error("the last line of a trace has no end");
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

// What the agents make of a hook's answer, without Governor: what docs/hooks.md says about them, tried. A row is an answer, as a
// piece of sh, and what comes of it: the call "runs", is "refused" or "rewritten", or its result is "kept" or "replaced".
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { binary } from "./agents.mjs";
import { converse } from "./governed.mjs";

const say = (json) => `echo '${JSON.stringify(json)}'`;
const decision = (permissionDecision, more) => say({ hookSpecificOutput: { hookEventName: "PreToolUse", permissionDecision, permissionDecisionReason: "because", ...more } });
const output = (more) => say({ hookSpecificOutput: { hookEventName: "PostToolUse", ...more } });
const command = (name) => ({ command: `touch rewritten-${name}` });

// name: what Claude Code and Codex get, what Gemini gets; what comes of it with claude-code, codex and gemini. Null is not tried.
const before = {
  silence: ["exit 0", "exit 0", "runs", "runs", "runs"],
  deny: [decision("deny"), say({ decision: "deny", reason: "because" }), "refused", "refused", "refused"],
  block: [say({ decision: "block", reason: "because" }), say({ decision: "block", reason: "because" }), "refused", "refused", "refused"],
  "deny-with-a-field-of-ours": [say({ decision: "block", reason: "because", ours: 1 }), say({ decision: "deny", reason: "because", ours: 1 }), "refused", "runs", "refused"],
  // Gemini waits for a person for ever, also where there is none.
  ask: [decision("ask"), null, "refused", "runs", null],
  "unknown-decision": [decision("perhaps"), say({ decision: "perhaps", reason: "because" }), "runs", "runs", "runs"],
  rewrite: [decision("allow", { updatedInput: command("rewrite") }), say({ hookSpecificOutput: { hookEventName: "BeforeTool", tool_input: command("rewrite") } }), "rewritten", "rewritten", "rewritten"],
  "rewrite-without-allow": [output({ hookEventName: "PreToolUse", updatedInput: command("rewrite-without-allow") }), null, "rewritten", "runs", null],
  "exit-2": ["echo because >&2; exit 2", "echo because >&2; exit 2", "refused", "refused", "refused"],
  "exit-2-silent": ["exit 2", "exit 2", "refused", "runs", "runs"],
  "exit-2-deny": [`${decision("deny")}; exit 2`, `${say({ decision: "deny", reason: "because" })}; exit 2`, "refused", "runs", "refused"],
  "exit-1": ["echo because >&2; exit 1", "echo because >&2; exit 1", "runs", "runs", "runs"],
  "exit-1-deny": [`${decision("deny")}; exit 1`, `${say({ decision: "deny", reason: "because" })}; exit 1`, "refused", "runs", "refused"],
  "no-such-program": ["/no/such/program", "/no/such/program", "runs", "runs", "refused"],
  killed: ["kill -9 $$", "kill -9 $$", "runs", "runs", "runs"],
  "half-of-it": [`echo '{"decision":'`, `echo '{"decision":'`, "runs", "runs", "runs"],
  text: ["echo hello", "echo hello", "runs", "runs", "runs"],
  "too-late": ["exec sleep 6", "exec sleep 6", "runs", "runs", "runs"],
};
const after = {
  "new-output": [output({ updatedToolOutput: { stdout: "REPLACED", stderr: "", interrupted: false, isImage: false } }), null, "replaced", "kept", null],
  "new-text": [output({ updatedToolOutput: "REPLACED" }), null, "kept", "kept", null], // Of another shape than what the tool gave.
  "block-the-result": [say({ decision: "block", reason: "REPLACED" }), say({ decision: "deny", reason: "REPLACED" }), "kept", "replaced", "replaced"],
  "exit-2-after": ["echo REPLACED >&2; exit 2", "echo REPLACED >&2; exit 2", "kept", "replaced", "replaced"],
};

const column = { "claude-code": [0, 2], codex: [0, 3], gemini: [1, 4] };

// The answers that came to something else than what stands above, one text each.
export async function answers(agent, { modules, scratch }) {
  const [form, expected] = column[agent.name];
  const rows = [...Object.entries(before), ...Object.entries(after)].filter(([, row]) => row[form] !== null);
  const root = mkdtempSync(join(scratch, `${agent.folder}-`));
  const place = { home: join(root, "home"), project: join(root, "project"), mcp: null };
  for (const folder of [place.home, place.project]) mkdirSync(folder);
  agent.prepare(place);
  agent.hooks(place, { [agent.before]: hook(place, "before", before, form), [agent.after]: hook(place, "after", after, form) }, 2);
  const steps = rows.map(([name]) => [{ shell: name in before ? `touch ran-${name}.txt` : `echo KEPT-${name}.txt` }]);
  const { results, said } = await converse(agent, binary(agent, modules), place, steps, agent.environment);
  if (results.length < rows.length) return [`only ${results.length} of ${rows.length} calls came back: ${said.slice(-300)}`];
  const files = new Set(readdirSync(place.project));
  return rows.flatMap(([name, row], at) => {
    const came = name in before ? callCame(files, name) : resultCame(results[at].text);
    return came === row[expected] ? [] : [`${name}: ${came} instead of ${row[expected]}`];
  });
}

function callCame(files, name) {
  if (files.has(`ran-${name}.txt`)) return "runs";
  return files.has(`rewritten-${name}`) ? "rewritten" : "refused";
}

function resultCame(text) {
  if (text.includes("KEPT")) return "kept";
  return text.includes("REPLACED") ? "replaced" : "lost";
}

// A hook that finds in its payload which answer is meant.
function hook(place, name, table, form) {
  const file = join(place.home, `${name}.sh`);
  const cases = Object.entries(table).filter(([, row]) => row[form] !== null);
  const lines = cases.map(([word, row]) => `*${name === "before" ? "ran" : "KEPT"}-${word}.txt*) ${row[form]} ;;`);
  writeFileSync(file, ["#!/bin/sh", "input=$(cat)", "case $input in", ...lines, "esac", ""].join("\n"), { mode: 0o755 });
  return file;
}

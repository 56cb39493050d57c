// Written by governor init opencode; --remove takes it away.
// Hands each tool call to governor before and after it runs, and does what the answer says.

import { spawn } from "node:child_process";

const hook = @HOOK@;
const enforce = @ENFORCE@;
const seconds = 15;

// What the hook says: its exit code, and what it prints. Without an answer, what the mode says.
const ask = (payload) =>
  new Promise((resolve) => {
    const unanswered = (why) => resolve(enforce ? { deny: `Refused by governor: this call cannot be checked: ${why}` } : {});
    const child = spawn("/bin/sh", ["-c", hook], { stdio: ["pipe", "pipe", "pipe"] });
    const timer = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
    let out = "";
    let err = "";
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (err += data));
    child.stdin.on("error", () => {});
    child.on("error", () => unanswered("the hook does not start"));
    child.on("close", (code) => {
      clearTimeout(timer);
      if (code === 2) return resolve({ deny: err.trim() || "Refused by governor." });
      if (code !== 0) return unanswered("the hook failed");
      try {
        resolve(out.trim() ? JSON.parse(out) : {});
      } catch {
        unanswered("the hook gave an answer that is no JSON");
      }
    });
    child.stdin.end(JSON.stringify(payload));
  });

const replace = (target, source) => {
  for (const name of Object.keys(target)) delete target[name];
  Object.assign(target, source);
};

export const Governor = async ({ directory, worktree }) => ({
  "tool.execute.before": async (input, output) => {
    const { tool, sessionID, callID } = input;
    const answer = await ask({ event: "tool.execute.before", sessionID, callID, tool, args: output.args, directory, worktree });
    if (answer.deny) throw new Error(answer.deny);
    if (answer.args) replace(output.args, answer.args);
  },
  "tool.execute.after": async (input, output) => {
    const { tool, sessionID, callID, args } = input;
    const payload = { event: "tool.execute.after", sessionID, callID, tool, args, output: output.output, directory, worktree };
    const answer = await ask(payload);
    if (answer.output !== undefined) output.output = String(answer.output);
  },
});

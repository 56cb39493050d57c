// A small MCP server on standard input and output, for the agents of e2e/hooks: echo, which answers with its text, and touch, which
// makes a file, so that a refused call can be told from one that ran.
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

const text = (name) => ({ type: "object", properties: { [name]: { type: "string" } }, required: [name] });
const tools = [
  { name: "echo", description: "Answers with the text.", inputSchema: text("text") },
  { name: "touch", description: "Makes a file.", inputSchema: text("path") },
];
const run = {
  echo: ({ text: said }) => `echo: ${said}`,
  touch: ({ path }) => (writeFileSync(path, ""), "made"),
};
const methods = {
  initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: "local", version: "1" } }),
  ping: () => ({}),
  "tools/list": () => ({ tools }),
  "tools/call": ({ name, arguments: args }) => ({ content: [{ type: "text", text: run[name](args) }] }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) continue;
  const answer = methods[method] ? { result: methods[method](params ?? {}) } : { error: { code: -32601, message: "no such method" } };
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id, ...answer })}\n`);
}

// A stand-in for the models of coding agents, on loopback: it answers Anthropic messages, OpenAI responses and Gemini content
// requests with the steps of a script and remembers what it was told. It keeps no state of a conversation: the script is named by
// SCENARIO:<name> in the first message of the user, the step by the number of tool results in the request, so a retry does no harm.
//
// A script is a list of steps, a step a list of calls, which run together: {shell: "ls"}, {read: path},
// {mcp: "echo", server: "local", args: {…}} or {tool: "Anything", args: {…}}, whose args may be a
// function of the results so far. After the last step the model says that it is done.
import { randomUUID } from "node:crypto";
import http from "node:http";

export class ScriptedModel {
  // onStep(scenario, step), when given, is waited for before a step is answered.
  constructor(scripts = {}, onStep = () => {}) {
    this.scripts = scripts;
    this.onStep = onStep;
    this.requests = []; // {scenario, dialect, step, tools, results: [{id, text, error}]}, in the order of arrival
    this.server = http.createServer((request, response) => this.#serve(request, response));
  }

  async start() {
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get url() {
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }

  // All that the model was told about calls in a scenario, as one text.
  told(scenario) {
    return this.results(scenario).map((result) => result.text).join("\n");
  }

  // The results of a scenario's last request, which holds all that went before.
  results(scenario) {
    return this.requests.filter((request) => request.scenario === scenario).at(-1)?.results ?? [];
  }

  #serve(request, response) {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", async () => {
      try {
        await this.#answer(request, Buffer.concat(chunks).toString(), response);
      } catch (problem) {
        console.error(`model: ${request.method} ${request.url}: ${problem.stack}`);
        send(response, 400, { error: { type: "invalid_request_error", message: String(problem) } });
      }
    });
  }

  async #answer(request, body, response) {
    const path = new URL(request.url, "http://model").pathname;
    const dialect = dialects.find(([pattern]) => pattern.test(path))?.[1];
    if (request.method === "HEAD") return response.writeHead(200).end();
    if (path.endsWith("/count_tokens")) return send(response, 200, { input_tokens: 1000 });
    if (path.endsWith(":countTokens")) return send(response, 200, { totalTokens: 10 });
    if (request.method !== "POST" || !dialect) return send(response, 404, { error: { message: "not here" } });
    const json = JSON.parse(body);
    const talk = dialect.read(json);
    const stream = dialect.streams(path, json);
    if (talk.tools.length === 0) return dialect.write(response, { text: dialect.aside }, stream, json);
    const steps = this.scripts[talk.scenario] ?? [];
    const step = stepAfter(steps, talk.results.length);
    this.requests.push({ ...talk, step });
    await this.onStep(talk.scenario, step);
    const calls = steps[step]?.map((call, at) => named(call, talk, `call_${talk.scenario}_${step}_${at}`));
    dialect.write(response, calls ? { calls } : { text: "Done." }, stream, json);
  }
}

// The step that follows so many results.
function stepAfter(steps, results) {
  let step = 0;
  for (let seen = 0; step < steps.length && seen + steps[step].length <= results; step++) seen += steps[step].length;
  return step;
}

// --- What a call is named for the agent that asks ------------------------------------------------

const shells = {
  Bash: (command) => ({ command, description: "A step of the script" }),
  exec_command: (cmd) => ({ cmd }),
  shell_command: (command) => ({ command }),
  shell: (command) => ({ command: ["bash", "-lc", command] }),
  run_shell_command: (command) => ({ command, description: "A step of the script" }),
};
const reads = { Read: (file_path) => ({ file_path }), read_file: (file_path) => ({ file_path }) };
function named(call, { tools, results }, id) {
  if (call.shell) return { id, ...pick(shells, tools, call.shell) };
  if (call.read) return { id, ...(pick(reads, tools, call.read) ?? pick(shells, tools, `cat '${call.read}'`)) };
  if (call.mcp) return { id, ...mcp(call, tools), args: call.args };
  const args = typeof call.args === "function" ? call.args(results) : call.args;
  return { id, name: call.tool, namespace: tools.find((tool) => tool.name === call.tool)?.namespace, args };
}

function pick(family, tools, ...args) {
  const name = Object.keys(family).find((candidate) => tools.some((tool) => tool.name === candidate && !tool.namespace));
  return name ? { name, args: family[name](...args) } : null;
}

function mcp(call, tools) {
  const found = tools.find((tool) => `${tool.namespace ?? ""}${tool.name}`.includes(call.server) && tool.name.endsWith(call.mcp));
  if (!found) throw new Error(`no ${call.server} ${call.mcp} among ${tools.map((tool) => `${tool.namespace ?? ""} ${tool.name}`)}`);
  return { name: found.name, namespace: found.namespace };
}

// --- Anthropic messages --------------------------------------------------------------------------

const anthropic = {
  aside: "ok",
  streams: (path, json) => json.stream === true,
  read(json) {
    const blocks = json.messages.flatMap((message) => (typeof message.content === "string" ? [{ type: "text", text: message.content }] : message.content));
    return {
      dialect: "anthropic",
      scenario: scenario(json.messages.filter((message) => message.role === "user")),
      tools: (json.tools ?? []).map((tool) => ({ name: tool.name })),
      results: blocks.filter((block) => block.type === "tool_result").map((block) => ({ id: block.tool_use_id, text: plain(block.content), error: block.is_error === true })),
    };
  },
  write(response, answer, stream, json) {
    const blocks = answer.calls?.map((call) => ({ type: "tool_use", id: `toolu_${call.id}`, name: call.name, input: call.args })) ?? [{ type: "text", text: answer.text }];
    const stop_reason = answer.calls ? "tool_use" : "end_turn";
    const message = { id: "msg_scripted", type: "message", role: "assistant", model: json.model, stop_sequence: null };
    const usage = { input_tokens: 100, output_tokens: 10, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
    if (!stream) return send(response, 200, { ...message, content: blocks, stop_reason, usage });
    const events = [["message_start", { message: { ...message, content: [], stop_reason: null, usage } }]];
    blocks.forEach((block, index) => {
      const text = block.type === "text";
      events.push(["content_block_start", { index, content_block: text ? { type: "text", text: "" } : { ...block, input: {} } }]);
      const delta = text ? { type: "text_delta", text: block.text } : { type: "input_json_delta", partial_json: JSON.stringify(block.input) };
      events.push(["content_block_delta", { index, delta }], ["content_block_stop", { index }]);
    });
    events.push(["message_delta", { delta: { stop_reason, stop_sequence: null }, usage }], ["message_stop", {}]);
    sse(response, events.map(([event, data]) => `event: ${event}\ndata: ${JSON.stringify({ type: event, ...data })}`));
  },
};

// --- OpenAI responses ----------------------------------------------------------------------------

const openai = {
  aside: "ok",
  streams: () => true,
  read(json) {
    const input = typeof json.input === "string" ? [{ role: "user", content: json.input }] : json.input;
    return {
      dialect: "openai",
      scenario: scenario(input.filter((item) => item.role === "user")),
      tools: (json.tools ?? []).flatMap((tool) => (tool.type === "namespace" ? tool.tools.map((inner) => ({ name: inner.name, namespace: tool.name })) : [{ name: tool.name ?? tool.type }])),
      results: input.filter((item) => /_call_output$/.test(item.type ?? "")).map((item) => ({ id: item.call_id, text: plain(item.output), error: false })),
    };
  },
  write(response, answer) {
    const items = answer.calls?.map((call) => ({ type: "function_call", id: `fc_${call.id}`, call_id: call.id, name: call.name, namespace: call.namespace, arguments: JSON.stringify(call.args) })) ?? [
      { type: "message", role: "assistant", id: "msg_scripted", content: [{ type: "output_text", text: answer.text }] },
    ];
    const usage = { input_tokens: 100, input_tokens_details: null, output_tokens: 10, output_tokens_details: null, total_tokens: 110 };
    sse(response, [
      data({ type: "response.created", response: { id: "resp_scripted" } }),
      ...items.map((item, output_index) => data({ type: "response.output_item.done", output_index, item })),
      data({ type: "response.completed", response: { id: "resp_scripted", usage } }),
    ]);
  },
};

// --- Gemini content ------------------------------------------------------------------------------

const gemini = {
  // What the client asks without tools is which model to take.
  aside: JSON.stringify({ model_choice: "flash", reasoning: "x", complexity_score: 10, complexity_reasoning: "x" }),
  streams: (path) => path.endsWith(":streamGenerateContent"),
  read(json) {
    const parts = json.contents.flatMap((content) => content.parts ?? []);
    return {
      dialect: "gemini",
      scenario: scenario(json.contents.filter((content) => content.role === "user")),
      tools: (json.tools ?? []).flatMap((tool) => (tool.functionDeclarations ?? []).map((one) => ({ name: one.name }))),
      results: parts.filter((part) => part.functionResponse).map(({ functionResponse: it }) => ({ id: it.id, text: plain(it.response), error: it.response?.error !== undefined })),
    };
  },
  write(response, answer, stream) {
    const parts = answer.calls?.map((call) => ({ functionCall: { id: call.id, name: call.name, args: call.args } })) ?? [{ text: answer.text }];
    const whole = {
      candidates: [{ content: { role: "model", parts }, finishReason: "STOP", index: 0 }],
      usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 10, totalTokenCount: 110 },
    };
    return stream ? sse(response, [data(whole)]) : send(response, 200, whole);
  },
};

const dialects = [
  [/\/messages(\/count_tokens)?$/, anthropic],
  [/\/responses$/, openai],
  [/:(streamG|g)enerateContent$|:countTokens$/, gemini],
];

// --- Small things --------------------------------------------------------------------------------

function scenario(messages) {
  return JSON.stringify(messages).match(/SCENARIO:([\w-]+)/)?.[1] ?? "";
}

function plain(value) {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map((part) => part.text ?? JSON.stringify(part)).join("\n");
  return JSON.stringify(value);
}

function data(value) {
  return `data: ${JSON.stringify(value)}`;
}

function sse(response, events) {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store", "request-id": `req_${randomUUID()}` });
  response.end(events.map((event) => `${event}\n\n`).join(""));
}

function send(response, status, json) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(json));
}

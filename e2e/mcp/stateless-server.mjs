// A server of 2026-07-28, without sessions, on the official TypeScript SDK of that era, with what the official conformance
// suite asks such servers to have. Keeps to itself what it was sent, and hands it out as a tool: `test_sent`.
// usage: stateless-server.mjs http | stateless-server.mjs stdio
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import * as mcp from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import * as contents from './fixture-contents.mjs';

const { strings, text } = contents;
const state = mcp.createRequestStateCodec({ key: crypto.getRandomValues(new Uint8Array(32)) });
let handler;

const form = (message, properties) => mcp.inputRequired.elicit({ message, requestedSchema: { type: 'object', properties, required: Object.keys(properties) } });
const sampling = (question, maxTokens) => mcp.inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text: question } }], maxTokens });
const NAME = { name: { type: 'string' } };
const accepted = (peer, key, name) => {
  const answer = peer.inputs?.[key];
  return answer?.action === 'accept' && typeof answer.content?.[name] === 'string' ? answer.content[name] : undefined;
};
const required = async (inputRequests, requestState) =>
  mcp.inputRequired({ inputRequests, ...(requestState === undefined ? {} : { requestState: await state.mint(requestState) }) });

async function named(peer) {
  const name = accepted(peer, 'user_name', 'name');
  return name === undefined ? required({ user_name: form('What is your name?', NAME) }) : text(`Hello, ${name}!`);
}

async function severalRounds(peer) {
  const before = peer.state();
  if (before?.round === 2 && accepted(peer, 'step2', 'color') !== undefined) {
    return text(`${before.name} likes ${accepted(peer, 'step2', 'color')}`);
  }
  const name = accepted(peer, 'step1', 'name');
  return name === undefined
    ? required({ step1: form('Step 1: What is your name?', NAME) }, { round: 1 })
    : required({ step2: form('Step 2: What is your favorite color?', { color: { type: 'string' } }) }, { round: 2, name });
}

const confirmed = async (peer) =>
  peer.state() && peer.inputs?.confirm ? text('state-ok') : required({ confirm: form('Please confirm', { ok: { type: 'boolean' } }) }, { confirming: true });

const several = () => ({
  user_name: form('What is your name?', NAME),
  greeting: sampling('Generate a greeting', 50),
  client_roots: mcp.inputRequired.listRoots(),
});

const TOOLS = {
  ...contents.TOOLS,
  test_input_required_result_elicitation: ['Asks for a name', (_, peer) => named(peer)],
  test_input_required_result_sampling: [
    'Asks a model',
    (_, peer) => (peer.inputs?.capital_question ? text(`${peer.inputs.capital_question.content?.text}`) : required({ capital_question: sampling('What is the capital of France?', 100) })),
  ],
  test_input_required_result_list_roots: [
    'Asks for roots',
    (_, peer) => (peer.inputs?.client_roots ? text(JSON.stringify(peer.inputs.client_roots.roots)) : required({ client_roots: mcp.inputRequired.listRoots() })),
  ],
  test_input_required_result_request_state: ['Keeps its state with the client', (_, peer) => confirmed(peer)],
  test_input_required_result_tampered_state: ['Keeps its state with the client', (_, peer) => confirmed(peer)],
  test_input_required_result_multiple_inputs: [
    'Asks for three things',
    (_, peer) => (peer.state() && Object.keys(several()).every((key) => peer.inputs?.[key]) ? text('All there.') : required(several(), { asked: 3 })),
  ],
  test_input_required_result_multi_round: ['Asks twice', (_, peer) => severalRounds(peer)],
  test_input_required_result_capabilities: [
    'Asks for what the client can do',
    (_, peer) => {
      const { user_name, greeting } = several();
      return required({ ...(peer.can.elicitation ? { user_name } : {}), ...(peer.can.sampling ? { greeting } : {}) });
    },
  ],
  test_missing_capability: [
    'Needs sampling',
    (_, peer) => {
      if (!peer.can.sampling) {
        throw new mcp.MissingRequiredClientCapabilityError({ requiredCapabilities: { sampling: {} } });
      }
      return text('Sampling.');
    },
  ],
  test_streaming_elicitation: ['Asks for a name', (_, peer) => named(peer)],
  test_logging_tool: [
    'Logs',
    async (_, peer) => {
      await peer.log('info', 'Logged.');
      return text('Logged.');
    },
  ],
  test_trigger_tool_change: [
    'Tells that tools changed',
    () => {
      handler?.notify.toolsChanged();
      return text('Told.');
    },
  ],
  test_trigger_prompt_change: [
    'Tells that prompts changed',
    () => {
      handler?.notify.promptsChanged();
      return text('Told.');
    },
  ],
  // What came with this very call: its header fields of the protocol, and its argument.
  test_sent: [
    'What was sent',
    ({ value }, peer) => text(JSON.stringify({ value, fields: [...(peer.fields ?? [])].filter(([name]) => name.startsWith('mcp-')).sort() })),
    { type: 'object', properties: { value: { type: 'string', 'x-mcp-header': 'Value' } }, required: ['value'] },
  ],
};

const PROMPTS = {
  ...contents.PROMPTS,
  test_input_required_result_prompt: [
    (_, peer) => {
      const context = accepted(peer, 'user_context', 'context');
      return context === undefined
        ? required({ user_context: form('What context should the prompt use?', { context: { type: 'string' } }) })
        : { messages: [{ role: 'user', content: { type: 'text', text: context } }] };
    },
  ],
};

function called({ params }, ctx, table, at) {
  const found = Object.hasOwn(table, params.name) ? table[params.name] : undefined;
  if (!found) {
    throw new mcp.ProtocolError(-32602, 'Unknown name');
  }
  return found[at](params.arguments ?? {}, {
    notify: ctx.mcpReq.notify,
    log: ctx.mcpReq.log,
    progressToken: ctx.mcpReq._meta?.progressToken,
    inputs: ctx.mcpReq.inputResponses,
    state: ctx.mcpReq.requestState,
    can: ctx.mcpReq.envelope?.[mcp.CLIENT_CAPABILITIES_META_KEY] ?? {},
    fields: ctx.http?.req?.headers,
  });
}

function read({ params }) {
  const found = contents.read(params.uri);
  if (!found) {
    throw new mcp.ProtocolError(-32602, 'Resource not found', { uri: params.uri });
  }
  return found;
}

function fixture() {
  const capabilities = { tools: { listChanged: true }, prompts: { listChanged: true }, resources: {}, completions: {}, logging: {} };
  const server = new mcp.Server({ name: 'stateless', version: '1' }, { capabilities, requestState: { verify: state.verify } });
  server.setRequestHandler('tools/list', () => ({ tools: contents.listedTools(TOOLS) }));
  server.setRequestHandler('tools/call', (request, ctx) => called(request, ctx, TOOLS, 1));
  server.setRequestHandler('prompts/list', () => ({ prompts: contents.listedPrompts(PROMPTS) }));
  server.setRequestHandler('prompts/get', (request, ctx) => called(request, ctx, PROMPTS, 0));
  server.setRequestHandler('resources/list', () => ({ resources: contents.listedResources }));
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: contents.TEMPLATES }));
  server.setRequestHandler('resources/read', read);
  server.setRequestHandler('completion/complete', ({ params }) => contents.completed(params));
  return server;
}

// node's request as one of the web, which is what the SDK's handler takes.
async function handled(request, response) {
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(request.headers.host ?? '')) {
    response.writeHead(403).end();
    return;
  }
  const left = new AbortController();
  response.on('close', () => left.abort());
  const body = request.method === 'POST' ? { body: Readable.toWeb(request), duplex: 'half' } : {};
  const url = `http://${request.headers.host}${request.url}`;
  const answer = await handler.fetch(new Request(url, { method: request.method, headers: request.headers, signal: left.signal, ...body }));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.flushHeaders();
  if (answer.body) {
    Readable.fromWeb(answer.body).on('error', () => response.destroy()).pipe(response);
  } else {
    response.end();
  }
}

if (process.argv[2] === 'stdio') {
  serveStdio(fixture, { legacy: 'reject' });
} else {
  handler = mcp.createMcpHandler(fixture, { legacy: 'reject' });
  const http = createServer((request, response) => handled(request, response).catch(() => response.destroy()));
  http.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${http.address().port}/mcp`));
}

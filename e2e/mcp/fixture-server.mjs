// A server of 2025-11-25 that passes the official conformance suite directly, so that whatever fails through a proxy is the
// proxy's doing. On the official TypeScript SDK.
// usage: fixture-server.mjs http | fixture-server.mjs stdio
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import * as mcp from '@modelcontextprotocol/sdk/types.js';
import * as contents from './fixture-contents.mjs';

const { pause, strings, text } = contents;

async function elicited(peer, message, requestedSchema, label) {
  const answer = await peer.request({ method: 'elicitation/create', params: { message, requestedSchema } }, mcp.ElicitResultSchema);
  return text(`${label}: action=${answer.action}, content=${JSON.stringify(answer.content ?? {})}`);
}

async function sampled(peer, prompt) {
  const params = { messages: [{ role: 'user', content: { type: 'text', text: prompt } }], maxTokens: 100 };
  const answer = await peer.request({ method: 'sampling/createMessage', params }, mcp.CreateMessageResultSchema);
  return text(`LLM response: ${answer.content.text}`);
}

const choices = (...values) => values.map((value, i) => ({ const: value, title: `Choice ${i + 1}` }));
const DEFAULTS = {
  name: { type: 'string', default: 'John Doe' },
  age: { type: 'integer', default: 30 },
  score: { type: 'number', default: 95.5 },
  status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
  verified: { type: 'boolean', default: true },
};
const ENUMS = {
  untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
  titledSingle: { type: 'string', oneOf: choices('value1', 'value2', 'value3') },
  legacyEnum: { type: 'string', enum: ['opt1', 'opt2', 'opt3'], enumNames: ['Option One', 'Option Two', 'Option Three'] },
  untitledMulti: { type: 'array', items: { type: 'string', enum: ['option1', 'option2', 'option3'] } },
  titledMulti: { type: 'array', items: { anyOf: choices('value1', 'value2', 'value3') } },
};
const asked = (properties) => ({ type: 'object', properties, required: [] });

const TOOLS = {
  ...contents.TOOLS,
  test_sampling: ['Asks a model', ({ prompt }, peer) => sampled(peer, prompt), strings('prompt')],
  test_elicitation: [
    'Asks the user',
    ({ message }, peer) => elicited(peer, message, strings('username', 'email'), 'User response'),
    strings('message'),
  ],
  test_elicitation_sep1034_defaults: ['Asks with defaults', (_, peer) => elicited(peer, 'Defaults', asked(DEFAULTS), 'Elicitation completed')],
  test_elicitation_sep1330_enums: ['Asks with choices', (_, peer) => elicited(peer, 'Choices', asked(ENUMS), 'Elicitation completed')],
  test_reconnection: [
    'Closes its stream before it answers',
    async (_, peer) => {
      peer.closeStream?.();
      await pause();
      return text('Answered on another stream.');
    },
  ],
};

function called({ params }, extra) {
  const tool = TOOLS[params.name];
  if (!tool) {
    throw new mcp.McpError(-32602, 'Unknown tool');
  }
  return tool[1](params.arguments ?? {}, {
    notify: extra.sendNotification,
    request: extra.sendRequest,
    closeStream: extra.closeSSEStream,
    progressToken: params._meta?.progressToken,
  });
}

function read({ params }) {
  const found = contents.read(params.uri);
  if (!found) {
    throw new mcp.McpError(-32002, 'Resource not found');
  }
  return found;
}

function fixture() {
  const capabilities = { tools: {}, prompts: {}, resources: { subscribe: true }, logging: {}, completions: {} };
  const server = new Server({ name: 'fixture', version: '1' }, { capabilities });
  const on = (schema, answer) => server.setRequestHandler(schema, answer);
  on(mcp.ListToolsRequestSchema, () => ({ tools: contents.listedTools(TOOLS) }));
  on(mcp.CallToolRequestSchema, called);
  on(mcp.ListPromptsRequestSchema, () => ({ prompts: contents.listedPrompts(contents.PROMPTS) }));
  on(mcp.GetPromptRequestSchema, ({ params }) => contents.PROMPTS[params.name][0](params.arguments ?? {}));
  on(mcp.ListResourcesRequestSchema, () => ({ resources: contents.listedResources }));
  on(mcp.ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: contents.TEMPLATES }));
  on(mcp.ReadResourceRequestSchema, read);
  on(mcp.SubscribeRequestSchema, () => ({}));
  on(mcp.UnsubscribeRequestSchema, () => ({}));
  on(mcp.SetLevelRequestSchema, () => ({}));
  on(mcp.CompleteRequestSchema, ({ params }) => contents.completed(params));
  return server;
}

// What was said on each stream, for clients that come back for the rest of it.
function eventStore() {
  const events = [];
  return {
    async storeEvent(streamId, message) {
      return String(events.push({ streamId, message }) - 1);
    },
    async getStreamIdForEventId(id) {
      return events[Number(id)]?.streamId;
    },
    async replayEventsAfter(last, { send }) {
      const { streamId } = events[Number(last)];
      for (let i = Number(last) + 1; i < events.length; i++) {
        if (events[i].streamId === streamId) {
          await send(String(i), events[i].message);
        }
      }
      return streamId;
    },
  };
}

function refuse(response, status, message) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32000, message } }));
}

const sessions = new Map();
async function opened() {
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    eventStore: eventStore(),
    retryInterval: 100,
    onsessioninitialized: (id) => sessions.set(id, transport),
    onsessionclosed: (id) => sessions.delete(id),
  });
  await fixture().connect(transport);
  return transport;
}

// The suite's scenario of polling opens its session as 2025-11-25 and names an older version afterwards, for which the SDK
// neither begins a stream with an id nor lets a tool close it.
function asOpened(request) {
  const version = request.rawHeaders.findIndex((name) => name.toLowerCase() === 'mcp-protocol-version');
  if (version >= 0) {
    request.rawHeaders[version + 1] = request.headers['mcp-protocol-version'] = '2025-11-25';
  }
}

async function handled(request, response) {
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(request.headers.host ?? '')) {
    return refuse(response, 403, 'Not a host of this machine');
  }
  const id = request.headers['mcp-session-id'];
  if (!id) {
    // A transport without a session refuses whatever does not open one.
    return (await opened()).handleRequest(request, response);
  }
  if (!sessions.has(id)) {
    return refuse(response, 404, 'Session not found');
  }
  asOpened(request);
  return sessions.get(id).handleRequest(request, response);
}

if (process.argv[2] === 'stdio') {
  await fixture().connect(new StdioServerTransport());
} else {
  const http = createServer((request, response) => handled(request, response).catch((e) => refuse(response, 500, String(e))));
  http.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${http.address().port}/mcp`));
}

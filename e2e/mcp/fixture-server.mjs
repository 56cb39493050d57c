// A server with the tools, prompts and resources that the official conformance suite asks servers to have (its scenarios name
// them), on the official TypeScript SDK. It passes the suite directly, so that whatever fails through a proxy is the proxy's doing.
// usage: fixture-server.mjs http | fixture-server.mjs stdio
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import * as mcp from '@modelcontextprotocol/sdk/types.js';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const SILENCE = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';

const pause = () => new Promise((done) => setTimeout(done, 50));
const text = (value) => ({ content: [{ type: 'text', text: value }] });
const image = { type: 'image', data: PIXEL, mimeType: 'image/png' };
const resource = (uri, mimeType, value) => ({ type: 'resource', resource: { uri, mimeType, text: value } });
const strings = (...names) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  required: names,
});
const choices = (...values) => values.map((value, i) => ({ const: value, title: `Choice ${i + 1}` }));

async function elicited(extra, message, requestedSchema, label) {
  const params = { message, requestedSchema };
  const answer = await extra.sendRequest({ method: 'elicitation/create', params }, mcp.ElicitResultSchema);
  return text(`${label}: action=${answer.action}, content=${JSON.stringify(answer.content ?? {})}`);
}

async function logged(extra, ...lines) {
  for (const data of lines) {
    await extra.sendNotification({ method: 'notifications/message', params: { level: 'info', data } });
    await pause();
  }
}

async function progressed(extra) {
  const progressToken = extra._meta?.progressToken;
  for (const progress of [0, 50, 100]) {
    if (progressToken !== undefined) {
      await extra.sendNotification({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
    }
    await pause();
  }
}

async function sampled(extra, prompt) {
  const params = { messages: [{ role: 'user', content: { type: 'text', text: prompt } }], maxTokens: 100 };
  const answer = await extra.sendRequest({ method: 'sampling/createMessage', params }, mcp.CreateMessageResultSchema);
  return text(`LLM response: ${answer.content.text}`);
}

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

const DRAFT_2020_12 = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: { address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } } },
  properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
  additionalProperties: false,
};

// name: [what it does, (arguments, extra) => result, schema of its arguments]
const TOOLS = {
  test_simple_text: ['Text', () => text('This is a simple text response for testing.')],
  test_image_content: ['An image', () => ({ content: [image] })],
  test_audio_content: ['Sound', () => ({ content: [{ type: 'audio', data: SILENCE, mimeType: 'audio/wav' }] })],
  test_embedded_resource: ['A resource', () => ({ content: [resource('test://embedded-resource', 'text/plain', 'This is an embedded resource content.')] })],
  test_multiple_content_types: [
    'Several contents',
    () => ({ content: [...text('Multiple content types test:').content, image, resource('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}')] }),
  ],
  test_tool_with_logging: [
    'Logs while it works',
    async (_, extra) => {
      await logged(extra, 'Tool execution started', 'Tool processing data', 'Tool execution completed');
      return text('Logged.');
    },
  ],
  test_tool_with_progress: [
    'Tells how far it is',
    async (_, extra) => {
      await progressed(extra);
      return text('Progressed.');
    },
  ],
  test_error_handling: ['Fails', () => ({ isError: true, ...text('This tool intentionally returns an error for testing') })],
  test_sampling: ['Asks a model', ({ prompt }, extra) => sampled(extra, prompt), strings('prompt')],
  test_elicitation: [
    'Asks the user',
    ({ message }, extra) => elicited(extra, message, strings('username', 'email'), 'User response'),
    strings('message'),
  ],
  test_elicitation_sep1034_defaults: ['Asks with defaults', (_, extra) => elicited(extra, 'Defaults', asked(DEFAULTS), 'Elicitation completed')],
  test_elicitation_sep1330_enums: ['Asks with choices', (_, extra) => elicited(extra, 'Choices', asked(ENUMS), 'Elicitation completed')],
  test_reconnection: [
    'Closes its stream before it answers',
    async (_, extra) => {
      extra.closeSSEStream?.();
      await pause();
      return text('Answered on another stream.');
    },
  ],
  json_schema_2020_12_tool: ['Has a schema of 2020-12', () => text('Schema.'), DRAFT_2020_12],
};

const said = (...contents) => ({ messages: contents.map((content) => ({ role: 'user', content })) });
const PROMPTS = {
  test_simple_prompt: [() => said({ type: 'text', text: 'This is a simple prompt for testing.' })],
  test_prompt_with_arguments: [({ arg1, arg2 }) => said({ type: 'text', text: `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'` }), 'arg1', 'arg2'],
  test_prompt_with_embedded_resource: [
    ({ resourceUri }) => said(resource(resourceUri, 'text/plain', 'Embedded resource content for testing.'), { type: 'text', text: 'Please process the embedded resource above.' }),
    'resourceUri',
  ],
  test_prompt_with_image: [() => said(image, { type: 'text', text: 'Please analyze the image above.' })],
};

const RESOURCES = {
  'test://static-text': { mimeType: 'text/plain', text: 'This is the content of the static text resource.' },
  'test://static-binary': { mimeType: 'image/png', blob: PIXEL },
  'test://watched-resource': { mimeType: 'text/plain', text: 'Watched.' },
};

function read(uri) {
  const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
  const found = id ? { mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }) } : RESOURCES[uri];
  if (!found) {
    throw new mcp.McpError(-32002, 'Resource not found');
  }
  return { contents: [{ uri, ...found }] };
}

function listed() {
  return Object.entries(TOOLS).map(([name, [description, , inputSchema]]) => ({ name, description, inputSchema: inputSchema ?? { type: 'object' } }));
}

function fixture() {
  const capabilities = { tools: {}, prompts: {}, resources: { subscribe: true }, logging: {}, completions: {} };
  const server = new Server({ name: 'fixture', version: '1' }, { capabilities });
  const on = (schema, answer) => server.setRequestHandler(schema, answer);
  on(mcp.ListToolsRequestSchema, () => ({ tools: listed() }));
  on(mcp.CallToolRequestSchema, ({ params }, extra) => {
    const tool = TOOLS[params.name];
    if (!tool) {
      throw new mcp.McpError(-32602, 'Unknown tool');
    }
    return tool[1](params.arguments ?? {}, { ...extra, _meta: params._meta });
  });
  on(mcp.ListPromptsRequestSchema, () => ({
    prompts: Object.entries(PROMPTS).map(([name, [, ...names]]) => ({ name, description: name, arguments: names.map((each) => ({ name: each, description: each, required: true })) })),
  }));
  on(mcp.GetPromptRequestSchema, ({ params }) => PROMPTS[params.name][0](params.arguments ?? {}));
  on(mcp.ListResourcesRequestSchema, () => ({ resources: Object.entries(RESOURCES).map(([uri, { mimeType }]) => ({ uri, name: uri, description: uri, mimeType })) }));
  on(mcp.ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: [{ uriTemplate: 'test://template/{id}/data', name: 'template', description: 'Data by id', mimeType: 'application/json' }] }));
  on(mcp.ReadResourceRequestSchema, ({ params }) => read(params.uri));
  on(mcp.SubscribeRequestSchema, () => ({}));
  on(mcp.UnsubscribeRequestSchema, () => ({}));
  on(mcp.SetLevelRequestSchema, () => ({}));
  on(mcp.CompleteRequestSchema, ({ params }) => {
    const values = ['test', 'tester', 'paris'].filter((word) => word.startsWith(params.argument.value));
    return { completion: { values, total: values.length, hasMore: false } };
  });
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

async function handled(request, response) {
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(request.headers.host ?? '')) {
    return refuse(response, 403, 'Not a host of this machine');
  }
  const id = request.headers['mcp-session-id'];
  if (id && !sessions.has(id)) {
    return refuse(response, 404, 'Session not found');
  }
  // The suite's scenario of polling opens its session as 2025-11-25 and names an older version afterwards, for which the SDK
  // neither begins a stream with an id nor lets a tool close it.
  const version = request.rawHeaders.findIndex((name) => name.toLowerCase() === 'mcp-protocol-version');
  if (id && version >= 0) {
    request.rawHeaders[version + 1] = request.headers['mcp-protocol-version'] = '2025-11-25';
  }
  // A transport without a session refuses whatever does not open one.
  return (id ? sessions.get(id) : await opened()).handleRequest(request, response);
}

if (process.argv[2] === 'stdio') {
  await fixture().connect(new StdioServerTransport());
} else {
  const http = createServer((request, response) => handled(request, response).catch((e) => refuse(response, 500, String(e))));
  http.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${http.address().port}/mcp`));
}

// What the official conformance suite asks servers of either era to have, whatever SDK serves it: its scenarios name the tools,
// prompts and resources. `peer` is who asked: { notify(notification), progressToken }.

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const SILENCE = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';

export const pause = () => new Promise((done) => setTimeout(done, 50));
export const text = (value) => ({ content: [{ type: 'text', text: value }] });
export const strings = (...names) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  required: names,
});
const image = { type: 'image', data: PIXEL, mimeType: 'image/png' };
const resource = (uri, mimeType, value) => ({ type: 'resource', resource: { uri, mimeType, text: value } });

async function logged(peer, ...lines) {
  for (const data of lines) {
    await peer.notify({ method: 'notifications/message', params: { level: 'info', data } });
    await pause();
  }
}

async function progressed(peer) {
  for (const progress of [0, 50, 100]) {
    if (peer.progressToken !== undefined) {
      await peer.notify({ method: 'notifications/progress', params: { progressToken: peer.progressToken, progress, total: 100 } });
    }
    await pause();
  }
}

const DRAFT_2020_12 = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: { address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } } },
  properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
  additionalProperties: false,
};

// name: [what it does, (arguments, peer) => result, schema of its arguments]
export const TOOLS = {
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
    async (_, peer) => {
      await logged(peer, 'Tool execution started', 'Tool processing data', 'Tool execution completed');
      return text('Logged.');
    },
  ],
  test_tool_with_progress: [
    'Tells how far it is',
    async (_, peer) => {
      await progressed(peer);
      return text('Progressed.');
    },
  ],
  test_error_handling: ['Fails', () => ({ isError: true, ...text('This tool intentionally returns an error for testing') })],
  json_schema_2020_12_tool: ['Has a schema of 2020-12', () => text('Schema.'), DRAFT_2020_12],
};

export const listedTools = (tools) =>
  Object.entries(tools).map(([name, [description, , inputSchema]]) => ({ name, description, inputSchema: inputSchema ?? { type: 'object' } }));

const said = (...contents) => ({ messages: contents.map((content) => ({ role: 'user', content })) });

// name: [arguments => result, names of the arguments]
export const PROMPTS = {
  test_simple_prompt: [() => said({ type: 'text', text: 'This is a simple prompt for testing.' })],
  test_prompt_with_arguments: [({ arg1, arg2 }) => said({ type: 'text', text: `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'` }), 'arg1', 'arg2'],
  test_prompt_with_embedded_resource: [
    ({ resourceUri }) => said(resource(resourceUri, 'text/plain', 'Embedded resource content for testing.'), { type: 'text', text: 'Please process the embedded resource above.' }),
    'resourceUri',
  ],
  test_prompt_with_image: [() => said(image, { type: 'text', text: 'Please analyze the image above.' })],
};

export const listedPrompts = (prompts) =>
  Object.entries(prompts).map(([name, [, ...names]]) => ({ name, description: name, arguments: names.map((each) => ({ name: each, description: each, required: true })) }));

const RESOURCES = {
  'test://static-text': { mimeType: 'text/plain', text: 'This is the content of the static text resource.' },
  'test://static-binary': { mimeType: 'image/png', blob: PIXEL },
  'test://watched-resource': { mimeType: 'text/plain', text: 'Watched.' },
};

export const listedResources = Object.entries(RESOURCES).map(([uri, { mimeType }]) => ({ uri, name: uri, description: uri, mimeType }));
export const TEMPLATES = [{ uriTemplate: 'test://template/{id}/data', name: 'template', description: 'Data by id', mimeType: 'application/json' }];

// undefined when there is none
export function read(uri) {
  const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
  const found = id ? { mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }) } : RESOURCES[uri];
  return found && { contents: [{ uri, ...found }] };
}

export function completed({ argument }) {
  const values = ['test', 'tester', 'paris'].filter((word) => word.startsWith(argument.value));
  return { completion: { values, total: values.length, hasMore: false } };
}

// Talks to an MCP server of 2026-07-28 with the official TypeScript SDK of that era and prints what it was told, one line a step.
// usage: stateless-client.mjs SCENARIO http URL | stateless-client.mjs SCENARIO stdio COMMAND ARGS...
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const [scenario, kind, ...target] = process.argv.slice(2);
const transport =
  kind === 'http'
    ? new StreamableHTTPClientTransport(new URL(target[0]))
    : new StdioClientTransport({ command: target[0], args: target.slice(1), env: { ...process.env }, stderr: 'ignore' });
const client = new Client(
  { name: 'e2e', version: '1' },
  { capabilities: { elicitation: { form: {} }, sampling: {}, roots: {} }, versionNegotiation: { mode: { pin: '2026-07-28' } } },
);
const asked = [];
client.setRequestHandler('elicitation/create', async ({ params }) => {
  asked.push(params.message);
  const content = Object.fromEntries(Object.entries(params.requestedSchema.properties).map(([name, { type }]) => [name, type === 'boolean' ? true : `my ${name}`]));
  return { action: 'accept', content };
});
client.setRequestHandler('sampling/createMessage', async () => {
  asked.push('sampling');
  return { role: 'assistant', model: 'none', content: { type: 'text', text: 'Paris' } };
});
client.setRequestHandler('roots/list', async () => {
  asked.push('roots');
  return { roots: [{ uri: 'file:///workspace' }] };
});

const call = (name, args = {}, options = undefined) => client.callTool({ name, arguments: args }, options);
const steps = {
  all: [
    ['tools', () => client.listTools()],
    ['resources', () => client.listResources()],
    ['read', () => client.readResource({ uri: 'test://template/7/data' })],
    ['read, in another alphabet', () => client.readResource({ uri: 'test://template/ü/data' })],
    ['prompt', () => client.getPrompt({ name: 'test_prompt_with_arguments', arguments: { arg1: 'a', arg2: 'ü' } })],
    ['complete', () => client.complete({ ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' }, argument: { name: 'arg1', value: 't' } })],
    ['text', () => call('test_simple_text')],
    ['mixed', () => call('test_multiple_content_types')],
    ['failing', () => call('test_error_handling')],
    ['unknown', () => call('no-such-tool')],
    ['progress', () => call('test_tool_with_progress', {}, { onprogress: ({ progress }) => asked.push(progress) })],
    ['sent', () => call('test_sent', { value: 'plain' })],
    ['sent, in another alphabet', () => call('test_sent', { value: 'ünïcode' })],
    ['elicitation', () => call('test_input_required_result_elicitation')],
    ['sampling', () => call('test_input_required_result_sampling')],
    ['roots', () => call('test_input_required_result_list_roots')],
    ['state', () => call('test_input_required_result_request_state')],
    ['three at once', () => call('test_input_required_result_multiple_inputs')],
    ['two rounds', () => call('test_input_required_result_multi_round')],
    ['prompt that asks', () => client.getPrompt({ name: 'test_input_required_result_prompt' })],
  ],
  ruled: [
    ['tools', () => client.listTools()],
    ['denied', () => call('test_simple_text')],
    ['redacted', () => call('test_sent', { value: `key ${process.env.E2E_SECRET}` })],
    ['once', () => call('test_input_required_result_elicitation')],
    ['twice', () => call('test_input_required_result_elicitation')],
  ],
};

async function told(step) {
  try {
    return await step();
  } catch (e) {
    return { failed: String(e.message), code: e.code };
  }
}

await client.connect(transport);
for (const [name, step] of steps[scenario]) {
  const answer = JSON.stringify(await told(step));
  console.log(name, answer, JSON.stringify(asked.splice(0)));
}
await client.close();

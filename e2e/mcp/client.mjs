// Talks to an MCP server with the official TypeScript SDK and prints what it was told, one line a step.
// usage: client.mjs SCENARIO http URL | client.mjs SCENARIO stdio COMMAND ARGS...
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [scenario, kind, ...target] = process.argv.slice(2);
const environment = { ...process.env };
const transport =
  kind === 'http'
    ? new StreamableHTTPClientTransport(new URL(target[0]))
    : new StdioClientTransport({ command: target[0], args: target.slice(1), env: environment, stderr: 'ignore' });
const client = new Client({ name: 'e2e', version: '1' }, { capabilities: {} });

const call = (name, args) => client.callTool({ name, arguments: args });
const steps = {
  everything: [
    ['tools', () => client.listTools()],
    ['resources', () => client.listResources()],
    ['templates', () => client.listResourceTemplates()],
    ['prompts', () => client.listPrompts()],
    ['prompt', () => client.getPrompt({ name: 'simple-prompt' })],
    ['ping', () => client.ping()],
    ['echo', () => call('echo', { message: 'ünïcode \u0000 1.50 😀' })],
    ['sum', () => call('get-sum', { a: 2, b: 3 })],
    ['image', () => call('get-tiny-image', {})],
    ['structured', () => call('get-structured-content', { location: 'Chicago' })],
    ['progress', () => client.callTool({ name: 'trigger-long-running-operation', arguments: { duration: 0.5, steps: 2 } }, undefined, { onprogress: () => {} })],
    ['bad arguments', () => call('get-sum', { a: 'x' })],
    ['unknown', () => call('no-such-tool', {})],
  ],
  filesystem: [
    ['tools', () => client.listTools()],
    ['write', () => call('write_file', { path: `${process.env.E2E_ROOT}/a.txt`, content: 'line 1\nline 2\n' })],
    ['read', () => call('read_text_file', { path: `${process.env.E2E_ROOT}/a.txt` })],
    ['outside', () => call('read_text_file', { path: '/etc/hostname' })],
  ],
  memory: [
    ['tools', () => client.listTools()],
    ['create', () => call('create_entities', { entities: [{ name: 'x', entityType: 't', observations: ['o'] }] })],
    ['read', () => call('read_graph', {})],
    ['delete', () => call('delete_entities', { entityNames: ['x'] })],
  ],
  ruled: [
    ['env', () => call('get-env', {})],
    ['echo', () => call('echo', { message: `key ${process.env.E2E_SECRET}` })],
  ],
  'ruled-files': [['read', () => call('read_text_file', { path: `${process.env.E2E_ROOT}/secret.txt` })]],
  names: [['tools', async () => (await client.listTools()).tools.map((tool) => tool.name)]],
};

async function told(step) {
  try {
    return await step();
  } catch (e) {
    return { failed: String(e.message) };
  }
}

await client.connect(transport);
for (const [name, step] of steps[scenario]) {
  const answer = await told(step);
  for (const line of scenario === 'names' ? answer : [JSON.stringify(answer)]) {
    console.log(name, line);
  }
}
await client.close();

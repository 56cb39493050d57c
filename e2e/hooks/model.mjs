// A stand-in for the models behind Claude Code, Codex CLI and Gemini CLI, on loopback. It says what a script tells it to.
//
//   node model.mjs SCRIPTS PORTFILE LOG
//
// SCRIPTS is a JSON file: {"name": [[step, ...], ...]}: a list of rounds, each a list of calls that the model makes at once;
// {"tool": "shell", "command": ...}, {"tool": "read", "path": ...}, {"tool": "write", "path": ..., "content": ...},
// {"tool": "mcp", "name": ..., "arguments": {...}}, or {"run": ...}: something that happens here, before the answer.
// The script is chosen by SCENARIO:name in the first message of the user, the round by the answers already in the request, so
// that a request that is repeated is answered alike. LOG gets what each request says came of the calls, a JSON object per line.

import { execSync } from 'node:child_process';
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [scripts, portFile, log] = process.argv.slice(2);
const ran = new Set();

const text = (content) =>
  typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('\n');

function round(said, index) {
  const name = /SCENARIO:([\w-]+)/.exec(said)?.[1];
  const rounds = JSON.parse(readFileSync(scripts, 'utf8'))[name] ?? [];
  const steps = rounds[index] ?? [];
  for (const step of steps.filter((each) => each.run)) {
    if (!ran.has(step.run)) {
      ran.add(step.run);
      execSync(step.run, { stdio: 'ignore' });
    }
  }
  return steps.filter((each) => each.tool).map((step, i) => ({ ...step, id: `call_${name}_${index}_${i}`.replace(/-/g, '_') }));
}

const note = (entry) => appendFileSync(log, JSON.stringify(entry) + '\n');

// ---- Claude Code: POST /v1/messages ----

function claudeCall(step, tools) {
  const mcp = () => tools.find((tool) => tool.name.startsWith('mcp__') && tool.name.endsWith(step.name))?.name ?? `mcp__e2e__${step.name}`;
  switch (step.tool) {
    case 'shell': return ['Bash', { command: step.command, description: 'As the script says' }];
    case 'read': return ['Read', { file_path: step.path }];
    case 'write': return ['Write', { file_path: step.path, content: step.content }];
    default: return [mcp(), step.arguments];
  }
}

function claude(request, response) {
  const users = request.messages.filter((each) => each.role === 'user');
  const results = users.flatMap((each) => (Array.isArray(each.content) ? each.content : [])).filter((part) => part.type === 'tool_result');
  note({ agent: 'claude-code', results: results.map((each) => ({ id: each.tool_use_id, error: each.is_error === true, text: text(each.content) })) });
  const said = users.map((each) => text(each.content)).find((each) => each.includes('SCENARIO:')) ?? '';
  const answers = request.messages.filter((each) => each.role === 'assistant' && Array.isArray(each.content) && each.content.some((part) => part.type === 'tool_use')).length;
  const calls = request.tools?.length ? round(said, answers) : [];
  const blocks = calls.map((step) => {
    const [name, input] = claudeCall(step, request.tools);
    return { type: 'tool_use', id: `toolu_${step.id}`, name, input };
  });
  if (!blocks.length) blocks.push({ type: 'text', text: request.tools?.length ? 'All done.' : 'ok' });
  const message = {
    id: `msg_e2e_${request.messages.length}`, type: 'message', role: 'assistant', model: request.model, content: blocks,
    stop_reason: calls.length ? 'tool_use' : 'end_turn', stop_sequence: null,
    usage: { input_tokens: 100, output_tokens: 10, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
  };
  if (!request.stream) return json(response, message);
  const events = [['message_start', { message: { ...message, content: [], stop_reason: null } }]];
  blocks.forEach((block, index) => {
    const isText = block.type === 'text';
    events.push(['content_block_start', { index, content_block: isText ? { type: 'text', text: '' } : { ...block, input: {} } }]);
    events.push(['content_block_delta', { index, delta: isText ? { type: 'text_delta', text: block.text } : { type: 'input_json_delta', partial_json: JSON.stringify(block.input) } }]);
    events.push(['content_block_stop', { index }]);
  });
  events.push(['message_delta', { delta: { stop_reason: message.stop_reason, stop_sequence: null }, usage: { output_tokens: 10 } }]);
  events.push(['message_stop', {}]);
  stream(response, events.map(([type, data]) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`));
}

// ---- Codex CLI: POST /v1/responses ----

function codexCall(step, tools) {
  const named = (name) => tools.find((tool) => tool.name === name);
  const shell = (command) => {
    if (named('exec_command')) return ['exec_command', { cmd: command }];
    if (named('shell_command')) return ['shell_command', { command }];
    return ['shell', { command: ['sh', '-c', command] }];
  };
  switch (step.tool) {
    case 'shell': return shell(step.command);
    case 'read': return shell(`cat '${step.path}'`);
    case 'write': return shell(`printf %s '${step.content}' > '${step.path}'`);
    default: {
      const flat = tools.find((tool) => tool.name?.startsWith('mcp__') && tool.name.endsWith(step.name));
      if (flat) return [flat.name, step.arguments];
      const space = tools.find((tool) => tool.type === 'namespace' && tool.tools?.some((each) => each.name === step.name));
      return [step.name, step.arguments, space?.name ?? 'mcp__e2e'];
    }
  }
}

function codex(request, response) {
  const outputs = request.input.filter((each) => each.type === 'function_call_output' || each.type === 'mcp_tool_call_output');
  note({ agent: 'codex', results: outputs.map((each) => ({ id: each.call_id, text: typeof each.output === 'string' ? each.output : JSON.stringify(each.output) })) });
  const said = request.input.filter((each) => each.role === 'user').map((each) => text(each.content)).find((each) => each.includes('SCENARIO:')) ?? '';
  const seen = new Set(request.input.filter((each) => each.type === 'function_call').map((each) => each.call_id.split('_').at(-2)));
  const tools = request.tools ?? [];
  const calls = tools.length ? round(said, seen.size) : [];
  const items = calls.map((step) => {
    const [name, args, namespace] = codexCall(step, tools);
    return { type: 'function_call', id: `fc_${step.id}`, call_id: step.id, name, arguments: JSON.stringify(args), ...(namespace ? { namespace } : {}) };
  });
  if (!items.length) items.push({ type: 'message', id: 'msg_e2e', role: 'assistant', content: [{ type: 'output_text', text: 'All done.' }] });
  const events = [{ type: 'response.created', response: { id: 'resp_e2e' } }];
  items.forEach((item) => events.push({ type: 'response.output_item.done', item }));
  events.push({ type: 'response.completed', response: { id: 'resp_e2e', usage: { input_tokens: 100, input_tokens_details: null, output_tokens: 10, output_tokens_details: null, total_tokens: 110 } } });
  stream(response, events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`));
}

// ---- Gemini CLI: POST …:generateContent and …:streamGenerateContent ----

function geminiCall(step, tools) {
  switch (step.tool) {
    case 'shell': return ['run_shell_command', { command: step.command, description: 'As the script says' }];
    case 'read': return ['read_file', { file_path: step.path }];
    case 'write': return ['write_file', { file_path: step.path, content: step.content }];
    default: return [tools.find((tool) => tool.name.endsWith(step.name))?.name ?? step.name, step.arguments];
  }
}

function gemini(request, response, streamed) {
  const contents = request.contents ?? [];
  const parts = contents.flatMap((each) => each.parts ?? []);
  const results = parts.filter((part) => part.functionResponse).map((part) => part.functionResponse);
  note({ agent: 'gemini', results: results.map((each) => ({ id: each.id ?? each.name, text: JSON.stringify(each.response) })) });
  const tools = (request.tools ?? []).flatMap((each) => each.functionDeclarations ?? []);
  let answer;
  if (!tools.length) {
    answer = [{ text: JSON.stringify({ model_choice: 'flash', reasoning: 'x', complexity_score: 10, complexity_reasoning: 'x' }) }];
  } else {
    const said = parts.map((part) => part.text ?? '').find((each) => each.includes('SCENARIO:')) ?? '';
    const answers = contents.filter((each) => each.role === 'model' && each.parts?.some((part) => part.functionCall)).length;
    answer = round(said, answers).map((step) => {
      const [name, args] = geminiCall(step, tools);
      return { functionCall: { id: step.id, name, args } };
    });
    if (!answer.length) answer = [{ text: 'All done.' }];
  }
  const body = {
    candidates: [{ content: { role: 'model', parts: answer }, finishReason: 'STOP', index: 0 }],
    usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 10, totalTokenCount: 110 },
    modelVersion: 'e2e',
  };
  if (streamed) stream(response, [`data: ${JSON.stringify(body)}\n\n`]);
  else json(response, body);
}

function json(response, body) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function stream(response, chunks) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(chunks.join(''));
}

function answer(path, request, response) {
  if (path.endsWith('/messages/count_tokens')) json(response, { input_tokens: 1000 });
  else if (path.endsWith('/messages')) claude(request, response);
  else if (path.endsWith('/responses')) codex(request, response);
  else if (path.endsWith(':countTokens')) json(response, { totalTokens: 10 });
  else if (path.endsWith(':streamGenerateContent')) gemini(request, response, true);
  else if (path.endsWith(':generateContent')) gemini(request, response, false);
  else response.writeHead(404).end();
}

const server = createServer((request, response) => {
  if (request.method !== 'POST') {
    response.writeHead(request.method === 'HEAD' ? 200 : 404).end();
    return;
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    try {
      if (process.env.MODEL_DEBUG) appendFileSync(process.env.MODEL_DEBUG, request.url + ' ' + Buffer.concat(chunks).toString('utf8') + '\n');
      answer(new URL(request.url, 'http://x').pathname, JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}'), response);
    } catch (failure) {
      note({ failure: String(failure) });
      response.writeHead(500).end();
    }
  });
});
server.listen(0, '127.0.0.1', () => {
  writeFileSync(portFile + '.new', String(server.address().port));
  renameSync(portFile + '.new', portFile);
});

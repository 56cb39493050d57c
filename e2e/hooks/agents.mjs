// The agents: what to install, how to start one without a person, an account or a network, and where its settings lie.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const write = (file, text) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};
const writeJson = (file, value) => write(file, JSON.stringify(value, null, 2));

// A place has home, project, mcp ({command, args} of a server, or null) and, when a session begins, model (a URL).

function claude(version) {
  const folder = `claude-${version}`;
  return {
    name: "claude-code",
    label: `claude-code ${version}`,
    version,
    folder,
    package: `@anthropic-ai/claude-code-linux-x64@${version}`,
    file: "node_modules/@anthropic-ai/claude-code-linux-x64/claude",
    settings: (place) => join(place.project, ".claude/settings.json"),
    projectSettings: (place) => join(place.project, ".claude/settings.json"),
    prepare(place) {
      if (place.mcp) writeJson(join(place.home, "mcp.json"), { mcpServers: { local: place.mcp } });
    },
    hooks: (place, handlers, timeout) => writeJson(claude(version).settings(place), { hooks: claudeLike(handlers, timeout) }),
    environment: (place) => ({
      ANTHROPIC_BASE_URL: place.model,
      ANTHROPIC_API_KEY: "dummy",
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      DISABLE_AUTOUPDATER: "1",
      DISABLE_TELEMETRY: "1",
      ENABLE_TOOL_SEARCH: "false", // MCP tools stand among the others from the start.
    }),
    command: (program, place, prompt) => [
      program,
      ...["-p", prompt, "--output-format", "stream-json", "--verbose"],
      ...(place.mcp ? ["--mcp-config", join(place.home, "mcp.json")] : []),
      ...["--allowedTools", "Bash Read Write Edit mcp__local__echo mcp__local__touch"],
    ],
    before: "PreToolUse",
    after: "PostToolUse",
  };
}

const codex = {
  name: "codex",
  label: "codex 0.169.0",
  version: "0.169.0",
  folder: "codex",
  package: "@openai/codex@0.169.0",
  file: "node_modules/@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex",
  settings: (place) => join(place.home, ".codex/hooks.json"),
  projectSettings: (place) => join(place.project, ".codex/hooks.json"),
  // Hooks of a project that is not trusted are passed over without a word.
  prepare(place) {
    const mcp = place.mcp ? `[mcp_servers.local]\ncommand = "${place.mcp.command}"\nargs = ${JSON.stringify(place.mcp.args)}\n` : "";
    write(
      join(place.home, ".codex/config.toml"),
      `model = "fake"\nmodel_provider = "fake"\n[model_providers.fake]\nname = "fake"\nwire_api = "responses"\nenv_key = "FAKE_KEY"\n` +
        `[projects."${place.project}"]\ntrust_level = "trusted"\n${mcp}`,
    );
  },
  hooks: (place, handlers, timeout) => writeJson(codex.settings(place), { hooks: claudeLike(handlers, timeout) }),
  environment: (place) => ({ CODEX_HOME: join(place.home, ".codex"), FAKE_KEY: "x" }),
  command: (program, place, prompt) => [
    ...[program, "exec", "-c", `model_providers.fake.base_url="${place.model}/v1"`],
    ...["--dangerously-bypass-hook-trust", "--skip-git-repo-check", "-s", "danger-full-access", "--json", prompt],
  ],
  before: "PreToolUse",
  after: "PostToolUse",
};

const gemini = {
  name: "gemini",
  label: "gemini-cli 0.61.0",
  version: "0.61.0",
  folder: "gemini",
  package: "@google/gemini-cli@0.61.0",
  file: "node_modules/@google/gemini-cli/bundle/gemini.js",
  settings: (place) => join(place.home, ".gemini/settings.json"),
  projectSettings: (place) => join(place.project, ".gemini/settings.json"),
  base: (place) => ({
    security: { auth: { selectedType: "gemini-api-key" } },
    telemetry: { enabled: false },
    privacy: { usageStatisticsEnabled: false },
    general: { disableAutoUpdate: true },
    hooksConfig: { enabled: true },
    ...(place.mcp ? { mcpServers: { local: { ...place.mcp, trust: true } } } : {}),
  }),
  prepare: (place) => writeJson(gemini.settings(place), gemini.base(place)),
  hooks: (place, handlers, timeout) =>
    writeJson(gemini.settings(place), {
      ...gemini.base(place),
      hooks: Object.fromEntries(
        Object.entries(handlers).map(([event, command]) => [event, [{ hooks: [{ type: "command", name: "governor", command, timeout: timeout * 1000 }] }]]),
      ),
    }),
  environment: (place) => ({ GOOGLE_GEMINI_BASE_URL: place.model, GEMINI_API_KEY: "dummy", GEMINI_CLI_TRUST_WORKSPACE: "true", NO_COLOR: "1" }),
  command: (program, place, prompt) => [process.execPath, program, "-p", prompt, "--yolo", "-m", "gemini-2.5-flash"],
  before: "BeforeTool",
  after: "AfterTool",
};

function claudeLike(handlers, timeout) {
  return Object.fromEntries(Object.entries(handlers).map(([event, command]) => [event, [{ hooks: [{ type: "command", command, timeout }] }]]));
}

export const agents = [claude("2.1.329"), codex, gemini, claude("2.1.197")];

// What of an agent is started.
export function binary(agent, modules) {
  return join(modules, agent.folder, agent.file);
}

export function installed(agent, modules) {
  return existsSync(binary(agent, modules));
}

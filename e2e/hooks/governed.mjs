// One agent, one project, one state root: installs the hooks, runs a session and says what came of it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { binary } from "./agents.mjs";
import { ScriptedModel } from "./model.mjs";
import { traces } from "./trace.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const policy = readFileSync(join(here, "policy.yaml"), "utf8");

// Lets an agent work through the steps; what it said, and what its model was told. Agents that it starts have steps of their own.
export async function converse(agent, program, place, steps, environment, { onStep = () => {}, others = {} } = {}) {
  const model = await new ScriptedModel({ s: steps, ...others }, (scenario, step) => scenario === "s" && onStep(step)).start();
  place.model = model.url;
  const [command, ...args] = agent.command(program, place, "SCENARIO:s");
  const child = spawn(command, args, { cwd: place.project, env: { ...plain(place), ...environment(place) }, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  const timer = setTimeout(() => child.kill("SIGKILL"), 90_000);
  const [code, signal] = await new Promise((resolve) => child.on("close", (...ending) => resolve(ending)));
  clearTimeout(timer);
  model.stop();
  return { ended: code ?? signal, said, told: model.told("s"), results: model.results("s"), toldTo: (other) => model.told(other) };
}

// What every process here gets of the variables, and nothing else.
function plain(place) {
  const kept = ["PATH", "JAVA_HOME"].filter((name) => process.env[name]).map((name) => [name, process.env[name]]);
  return { ...Object.fromEntries(kept), HOME: place.home, USER: "somebody", TERM: "dumb", LANG: "C.UTF-8" };
}

export class Governed {
  constructor(agent, { governor, modules, scratch, mode }) {
    this.agent = agent;
    this.governor = governor;
    this.program = binary(agent, modules);
    this.mode = mode;
    const root = mkdtempSync(join(scratch, `${agent.folder}-`));
    this.place = { home: join(root, "home"), project: join(root, "project"), mcp: { command: process.execPath, args: [join(here, "mcp-server.mjs")] } };
    this.state = join(this.place.home, ".governor");
    for (const folder of [this.place.home, this.place.project]) mkdirSync(folder);
    mkdirSync(this.state, { mode: 0o700 });
    writeFileSync(join(this.state, "policy.yaml"), `mode: ${mode}\n${policy}`, { mode: 0o600 });
  }

  // Runs the command of Governor; what it says, or an error that holds it.
  tell(...args) {
    const run = spawnSync(this.governor, args, { cwd: this.place.project, env: { ...plain(this.place), PATH: `${dirname(this.program)}:${process.env.PATH}` }, encoding: "utf8", timeout: 60_000 });
    if (run.status !== 0) throw new Error(`governor ${args.join(" ")}: exit ${run.status ?? run.signal}: ${run.stdout}${run.stderr}`);
    return run.stdout;
  }

  install(...options) {
    this.agent.prepare(this.place);
    this.settingsBefore = this.settings();
    const where = options.length > 0 ? options : ["--project", this.place.project];
    this.tell("init", this.agent.name, ...where, ...(this.mode === "enforce" ? ["--enforce"] : []));
  }

  removePolicy() {
    rmSync(join(this.state, "policy.yaml"));
  }

  listenOverHttp() {
    writeFileSync(join(this.state, "config.yaml"), "hooks: {daemon: {http: true}}\n", { mode: 0o600 });
    this.tell("daemon", "start");
  }

  uninstall() {
    this.tell("init", this.agent.name, "--project", this.place.project, "--remove");
  }

  // The agent's settings in the project, as they stand there, or null.
  settings() {
    const file = this.agent.projectSettings(this.place);
    return existsSync(file) ? readFileSync(file, "utf8") : null;
  }

  // One session of the agent with these steps. onStep(step) is waited for before the model answers; others are scripts by name.
  session(steps, { environment = {}, ...more } = {}) {
    return converse(this.agent, this.program, this.place, steps, (place) => ({ ...this.agent.environment(place), ...environment }), more);
  }

  // Puts a wrapper around the hook before a call and gives it another time, in seconds: sh with the hook's command as $HOOK.
  wrapHook(script, seconds) {
    const file = this.agent.projectSettings(this.place);
    const settings = JSON.parse(readFileSync(file, "utf8"));
    for (const { hooks } of settings.hooks[this.agent.before]) {
      for (const hook of hooks) {
        delete hook.onFailure;
        hook.timeout = hook.timeout > 1000 ? seconds * 1000 : seconds;
        const name = join(this.place.home, "wrapper.sh");
        writeFileSync(name, `#!/bin/sh\n${script.replaceAll("$HOOK", () => hook.command)}\n`, { mode: 0o755 });
        hook.command = name;
      }
    }
    writeFileSync(file, JSON.stringify(settings));
  }

  file(name) {
    return join(this.place.project, name);
  }

  write(name, text) {
    writeFileSync(this.file(name), text);
  }

  has(name) {
    return existsSync(this.file(name));
  }

  read(name) {
    return this.has(name) ? readFileSync(this.file(name), "utf8") : null;
  }

  traces() {
    return traces(this.state);
  }

  // What is recorded of the one session there is.
  trace() {
    const all = this.traces();
    if (all.length !== 1) throw new Error(`${all.length} sessions are recorded instead of one`);
    return all[0];
  }

  // The files below the state root that hold a text.
  holding(text) {
    return readdirSync(this.state, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .filter((file) => readFileSync(file).includes(text));
  }

  // Kills the daemon without a chance to say goodbye, and waits until it is gone; how many were killed.
  async killDaemon() {
    const pid = this.daemon();
    if (pid === null) return 0;
    process.kill(pid, "SIGKILL");
    while (this.daemon() === pid) await new Promise((resolve) => setTimeout(resolve, 20));
    return 1;
  }

  // The process of the daemon, or null.
  daemon() {
    const file = join(this.state, "run/daemon.pid");
    const pid = existsSync(file) ? Number(readFileSync(file, "utf8")) : NaN;
    try {
      return process.kill(pid, 0) ? pid : null;
    } catch {
      return null;
    }
  }

  // Lets hooks find a Java that does not start. No variable would: hooks go by what the installation found.
  breakJava() {
    const folder = join(this.place.home, "broken");
    mkdirSync(folder);
    writeFileSync(join(folder, "java"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    writeFileSync(join(this.state, "hook-environment"), `PATH=${folder}:/usr/bin:/bin\n`, { mode: 0o600 });
  }

  // What a project's settings could set for the agent's hooks: programs that answer in Governor's place, and another home.
  deceit() {
    const folder = join(this.place.project, "deceit");
    mkdirSync(join(folder, "bin"), { recursive: true });
    for (const name of ["curl", "java", "governor", "env", "mkdir"])
      writeFileSync(join(folder, "bin", name), `#!/bin/sh\ntouch '${folder}/taken'\nprintf 'governor-hook/1 0\\n\\n\\n.'\n`, { mode: 0o755 });
    return { PATH: `${join(folder, "bin")}:${process.env.PATH}`, JAVA_HOME: folder, GOVERNOR_HOME: join(folder, "state") };
  }

  // Variables in the agent's settings of the project, as Claude Code reads them.
  setForHooks(variables) {
    const file = this.agent.projectSettings(this.place);
    const settings = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ ...settings, env: variables }));
  }

  // Ends what goes on behind a session.
  stop() {
    const pid = this.daemon();
    if (pid !== null) process.kill(pid, "SIGTERM");
  }
}

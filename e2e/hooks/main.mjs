// node main.mjs packages: what is to be installed where, a line for each agent.
// node main.mjs run MODULES SCRATCH [WORD…]: every scenario with every agent that is installed in MODULES; with words, those whose
// line holds them all. One line each; exit code 1 when something failed. GOVERNOR is the command.
import { agents, installed } from "./agents.mjs";
import { answers } from "./answers.mjs";
import { Governed } from "./governed.mjs";
import { scenarios } from "./scenarios.mjs";

const [what, modules, scratch, ...words] = process.argv.slice(2);
if (what === "packages") {
  for (const agent of agents) console.log(agent.folder, agent.package, agent.file);
  process.exit(0);
}
const governor = process.env.GOVERNOR;
let failed = 0;
let running = null;
process.on("exit", () => running?.stop());
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

for (const agent of agents.filter((one) => installed(one, modules))) {
  await report(`${agent.label}: a hook's answers mean what is documented`, () => answers(agent, { modules, scratch }));
  for (const scenario of scenarios.filter((one) => one.agents?.some((name) => agent.label.startsWith(name)) ?? true)) await report(`${agent.label}: ${scenario.name}`, () => governed(agent, scenario));
}
process.exit(failed > 0 ? 1 : 0);

async function report(line, run) {
  if (!words.every((word) => line.includes(word))) return;
  const began = Date.now();
  const problems = await run().catch((problem) => [problem.message.trim()]);
  const took = `${((Date.now() - began) / 1000).toFixed(1)} s`;
  if (problems.length === 0) return console.log(`ok      ${line} (${took})`);
  failed++;
  console.log(`FAILED  ${line} (${took}): ${problems.join("; ")}`);
}

async function governed(agent, scenario) {
  const it = (running = new Governed(agent, { governor, modules, scratch, mode: scenario.mode }));
  try {
    scenario.prepare?.(it);
    it.install(...(scenario.install ?? []));
    return await scenario.run(it);
  } finally {
    it.stop();
  }
}

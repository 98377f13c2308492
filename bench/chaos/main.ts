// Kills gateways in front of a simulator that counts purchases, and judges what is left.
//
//   npm run chaos -- --kills 100 --tasks 2000 [--nodes 2] [--store postgres] [--seed s]
//     [--pauses N] [--provider vidgo|vidgo-blind|openai-videos|kling|replicate|xai|sd-server]
//     [--mix fate=share,…] [--cancels share] [--grace seconds] [--hard-limit seconds]
//     [--patience seconds] [--root tree] [--json]
//   npm run chaos -- --planted [N …]  plants known bugs into copies of the tree: each must be found
import { COUNTS } from "../../test/support/checker.ts";
import { type ChaosOptions, readOptions } from "./options.ts";
import { PLANTED_BUGS, plantBug } from "./planted.ts";
import { type ChaosReport, runChaos } from "./run.ts";

const VIOLATIONS_SHOWN = 20;
const NAMES: Readonly<Record<string, string>> = { ledgerDelta: "ledger_delta" };

const words = process.argv.slice(2);
process.exitCode = words[0] === "--planted" ? await findPlanted() : await torture();

/** One run as asked for: 0 when nothing is wrong. */
async function torture(): Promise<number> {
  const options = readOptions(words);
  if (typeof options === "string") {
    process.stderr.write(`${options}\n`);
    return 2;
  }
  const report = await runChaos(options, (text) => process.stderr.write(`${text}\n`));
  if (options.json) write(JSON.stringify({ ...settings(options), ...report }));
  else print(options, report);
  return report.violations.length === 0 ? 0 : 1;
}

/** A run for each planted bug: 0 when every one was found. */
async function findPlanted(): Promise<number> {
  let missed = 0;
  const asked = words.slice(1).map(Number);
  const bugs = PLANTED_BUGS.filter(({ number }) => asked.length === 0 || asked.includes(number));
  for (const bug of bugs) {
    await using tree = await plantBug(bug);
    const options = readOptions([...bug.words, "--seed", `bug${bug.number}`, "--root", tree.root]);
    if (typeof options === "string") throw new Error(options);
    const { counts, surprises, violations } = await runChaos(options, () => {});
    const found = Object.entries({ ...counts, surprises }).filter(([, count]) => count > 0);
    const shown = found.map(([name, count]) => `${NAMES[name] ?? name} ${count}`).join(", ");
    if (violations.length === 0) missed += 1;
    write(`${String(bug.number).padEnd(3)} ${(shown || "NOT FOUND").padEnd(40)} ${bug.name}`);
  }
  return missed === 0 ? 0 : 1;
}

function print(asked: ChaosOptions, report: ChaosReport): void {
  const line = (name: string, value: unknown): void => write(`${name.padEnd(14)} ${value}`);
  for (const count of COUNTS) line(NAMES[count] ?? count, report.counts[count]);
  line("surprises", report.surprises);
  line("tasks", `${report.tasks} (${report.finished} finished, ${report.failed} failed)`);
  line("unknown", `${report.unknown} ended as unknown_outcome`);
  const book = Object.entries(report.book).map(([word, count]) => `${word} ${count}`);
  line("canceled", `${report.canceled}; charged: ${book.join(", ")}`);
  line("recovered", report.recovered);
  line("purchases", report.purchases);
  line("kills", report.kills);
  line("pauses", report.pauses);
  const hits = Object.entries(report.hits).map(([stage, times]) => `${stage} ${times}`);
  line("kills met", hits.join(", "));
  for (const [name, value] of Object.entries(settings(asked))) line(name, value);
  line("minutes", report.minutes.toFixed(1));
  for (const text of report.violations.slice(0, VIOLATIONS_SHOWN)) line("!", text);
}

function settings(asked: ChaosOptions): Readonly<Record<string, string | number>> {
  const { seed, store, nodes, provider } = asked;
  const limits = { grace_s: asked.graceMs / 1_000, hard_limit_s: asked.hardLimitMs / 1_000 };
  return { seed, store, nodes, provider, ...limits };
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}

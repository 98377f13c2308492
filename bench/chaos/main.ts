// Kills gateways in front of a simulator that counts purchases, and judges what is left.
//
//   npm run chaos -- --kills 100 --tasks 2000 [--nodes 2] [--store postgres] [--seed s]
//     [--pauses N] [--provider vidgo|vidgo-blind|openai-videos] [--mix fate=share,…]
//     [--grace seconds] [--hard-limit seconds] [--patience seconds] [--root tree] [--json]
import { COUNTS } from "../../test/support/checker.ts";
import { type ChaosOptions, readOptions } from "./options.ts";
import { type ChaosReport, runChaos } from "./run.ts";

const VIOLATIONS_SHOWN = 20;
const NAMES: Readonly<Record<string, string>> = { ledgerDelta: "ledger_delta" };

const options = readOptions(process.argv.slice(2));
if (typeof options === "string") {
  process.stderr.write(`${options}\n`);
  process.exitCode = 2;
} else {
  const report = await runChaos(options, (text) => process.stderr.write(`${text}\n`));
  if (options.json)
    process.stdout.write(`${JSON.stringify({ ...settings(options), ...report })}\n`);
  else print(options, report);
  process.exitCode = report.violations.length === 0 ? 0 : 1;
}

function print(asked: ChaosOptions, report: ChaosReport): void {
  const line = (name: string, value: unknown): void => {
    process.stdout.write(`${name.padEnd(14)} ${value}\n`);
  };
  for (const count of COUNTS) line(NAMES[count] ?? count, report.counts[count]);
  line("surprises", report.surprises);
  line("tasks", `${report.tasks} (${report.finished} finished, ${report.failed} failed)`);
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
  const { seed, store, nodes, provider, graceMs, hardLimitMs } = asked;
  return {
    seed,
    store,
    nodes,
    provider,
    grace_s: graceMs / 1_000,
    hard_limit_s: hardLimitMs / 1_000,
  };
}

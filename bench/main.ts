import { benchInFlight } from "./flight/bench.ts";
import { benchGateway, type Figure } from "./gateway/bench.ts";
import { benchGrowth } from "./growth/bench.ts";
import { benchOffline } from "./offline/bench.ts";
import { benchSlowDisk } from "./slow-disk/bench.ts";
import { benchStore } from "./store/bench.ts";

// npm run bench -- [gateway | in-flight | growth | offline | slow-disk | store] [--json]: ratios
// against baselines of the same run.

const words = process.argv.slice(2);
const suites: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  gateway: benchGateway,
  "in-flight": () => benchInFlight(),
  growth: () => benchGrowth(),
  "slow-disk": benchSlowDisk,
  store: () => benchStore(),
  offline: benchOffline,
};
const name = words.find((word) => !word.startsWith("--")) ?? "gateway";
const suite = suites[name];
if (suite === undefined) {
  process.stderr.write(`bench ${name} is unknown; known are ${Object.keys(suites).join(", ")}\n`);
  process.exitCode = 2;
} else {
  show(await suite());
}

function show(figures: readonly Figure[]): void {
  if (words.includes("--json")) {
    process.stdout.write(`${JSON.stringify({ bench: name, figures })}\n`);
    return;
  }
  for (const { name: title, value, unit, bar } of figures) {
    const shown = value.toFixed(Math.abs(value) < 10 ? 2 : 0);
    process.stdout.write(`${title.padEnd(44)}${`${shown} ${unit}`.padStart(14)}  ${bar}\n`);
  }
}

import { benchInFlight } from "./flight/bench.ts";
import { benchGateway, type Figure } from "./gateway/bench.ts";
import { benchGrowth } from "./growth/bench.ts";
import { benchOffline } from "./offline/bench.ts";
import { benchSlowDisk } from "./slow-disk/bench.ts";
import { benchStore } from "./store/bench.ts";

// npm run bench -- [gateway | in-flight | growth | offline | slow-disk | store] [--json]: ratios
// against baselines of the same run. The growth takes [--store postgres] [--tasks 1000000].

const words = process.argv.slice(2);
const suites: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  gateway: benchGateway,
  "in-flight": () => benchInFlight(),
  growth: () =>
    benchGrowth({
      store: wordAfter("--store") === "postgres" ? "postgres" : "sqlite",
      tasks: Number(wordAfter("--tasks") ?? 1_000_000),
    }),
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

/** The word after a flag, or nothing. */
function wordAfter(flag: string): string | undefined {
  const place = words.indexOf(flag);
  return place < 0 ? undefined : words[place + 1];
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

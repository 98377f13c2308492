// Prints the figures of the code and of what would be installed, each beside its bar.
//
//   node tools/figures.ts [--json]
import { resolve } from "node:path";
import { measureCode } from "./figures/code.ts";
import type { Figure } from "./figures/figure.ts";
import { measureProduction } from "./figures/production.ts";
import { readTree } from "./tidy/tree.ts";

/** Why a bar is missed, by the start of the figure's name. */
const REASONS: readonly (readonly [string, string])[] = [
  [
    "file lines, the studio aside",
    "Half of the files are a route, a transaction or a family of models each.",
  ],
  ["file lines", "Painters and instruments hold one subject a file, with its measures as tables."],
  ["function lines", "The longest draw one figure from front to back; parts of it have no names."],
  [
    "test lines per code line, the studio aside",
    "Model families are data: one table of tests drives all of them.",
  ],
  [
    "test lines per code line",
    "40 % of the lines draw or play; they are held by properties and sheets.",
  ],
];

process.exitCode = main(process.argv.slice(2));

function main(options: readonly string[]): number {
  const root = resolve(import.meta.dirname, "..");
  const figures = [...measureCode(readTree(root)), ...measureProduction(root)];
  if (options.includes("--json")) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  else process.stdout.write(`${figures.map(row).join("\n")}\n`);
  return 0;
}

function row({ name, value, bar, holds }: Figure): string {
  const mark = holds === null ? " " : holds ? "✔" : "✖";
  const reason = holds === false ? REASONS.find(([start]) => name.startsWith(start))?.[1] : null;
  const line = `${mark} ${name.padEnd(52)}${value.padStart(16)}   ${bar}`.trimEnd();
  return reason == null ? line : `${line}\n      ${reason}`;
}

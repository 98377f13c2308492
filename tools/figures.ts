// Prints the figures of the code and of what would be installed, each beside its bar.
//
//   node tools/figures.ts [--json]
import { resolve } from "node:path";
import { measureCode } from "./figures/code.ts";
import type { Figure } from "./figures/figure.ts";
import { measureProduction } from "./figures/production.ts";
import { readTree } from "./tidy/tree.ts";

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
  return `${mark} ${name.padEnd(52)}${value.padStart(16)}   ${bar}`.trimEnd();
}

// Reads the whole tree and holds it against STYLE.md and ARCHITECTURE.md. Each line that it prints
// says what to write instead.
//
//   node tools/tidy.ts [--warnings] [path ...]    with paths only what concerns files below them
import { resolve } from "node:path";
import { createCatalogue } from "../src/models/catalogue.ts";
import { REFUSALS } from "../test/golden/refusals.ts";
import { callsRule } from "./tidy/calls.ts";
import { documentedRule } from "./tidy/documented.ts";
import { mentionsRule } from "./tidy/mentions.ts";
import { namesRule } from "./tidy/names.ts";
import { packagesRule } from "./tidy/packages.ts";
import type { Rule } from "./tidy/problem.ts";
import { refusalProblems } from "./tidy/refusals.ts";
import { roomsRule } from "./tidy/rooms.ts";
import { shapesRule } from "./tidy/shapes.ts";
import { sizeRule } from "./tidy/size.ts";
import { readTree } from "./tidy/tree.ts";
import { unusedRule } from "./tidy/unused.ts";

const RULES: readonly Rule[] = [
  sizeRule,
  namesRule,
  mentionsRule,
  shapesRule,
  callsRule,
  documentedRule,
  roomsRule,
  packagesRule,
  refusalsRule,
  unusedRule,
];

process.exitCode = main(process.argv.slice(2));

function main(words: readonly string[]): number {
  const only = words.filter((word) => !word.startsWith("--"));
  const started = performance.now();
  const tree = readTree(resolve(import.meta.dirname, ".."));
  const problems = RULES.flatMap((rule) => rule(tree))
    .filter(({ path }) => only.length === 0 || only.some((prefix) => path.startsWith(prefix)))
    .sort((left, right) => compare(left.path, right.path) || left.line - right.line);
  const errors = problems.filter(({ severity }) => severity === "error");
  const shown = words.includes("--warnings") ? problems : errors;
  for (const { path, line, message, severity } of shown) {
    const mark = severity === "warning" ? "warning: " : "";
    process.stdout.write(`${path}:${line}: ${mark}${message}\n`);
  }
  const time = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const files = `${tree.sources.length} sources, ${tree.texts.length} texts`;
  const questions = problems.length - errors.length;
  const more = questions > 0 ? `, ${questions} warnings (--warnings shows them)` : "";
  process.stdout.write(`${errors.length} problems in ${files}${more} (${time})\n`);
  return errors.length === 0 ? 0 : 1;
}

function refusalsRule(): ReturnType<Rule> {
  const { models } = createCatalogue();
  return refusalProblems(
    models.flatMap(({ rules }) => rules.map(({ name }) => name)),
    REFUSALS.map(({ rule }) => rule),
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

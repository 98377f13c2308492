import { type Problem, problem } from "./problem.ts";

const TABLE = "test/golden/refusals.ts";
/** Rows about a broken schema; no rule has this name. */
const SCHEMA = "schema";

/**
 * Rules of the catalogue that no row of the table of refusals breaks, and rows of rules that are
 * gone. A rule without a row is a promise that no test holds.
 */
export function refusalProblems(
  rules: readonly string[],
  rows: readonly string[],
): readonly Problem[] {
  const known = new Set(rules);
  const broken = new Set(rows);
  const missing = [...known].filter((name) => !broken.has(name));
  const gone = [...broken].filter((name) => !known.has(name) && name !== SCHEMA);
  return [
    ...missing.map((name) =>
      problem(TABLE, 1, `rule ${name} has no row: add an input that breaks it, with its message`),
    ),
    ...gone.map((name) => problem(TABLE, 1, `no model has the rule ${name}: remove its row`)),
  ];
}

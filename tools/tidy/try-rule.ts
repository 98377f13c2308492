import type { Rule } from "./problem.ts";
import { treeOf } from "./tree.ts";

/**
 * What a rule says about a project of a few files in memory: `path:line message`, in order.
 * For tests of the rules.
 */
export function tryRule(rule: Rule, files: Readonly<Record<string, string>>): readonly string[] {
  const texts = Object.entries(files).map(([path, text]) => ({ path, text }));
  return rule(treeOf("/project", texts)).map(
    ({ path, line, message }) => `${path}:${line} ${message}`,
  );
}

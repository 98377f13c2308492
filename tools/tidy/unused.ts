import { exportsOf } from "./documented.ts";
import { type Rule, warning } from "./problem.ts";
import { isOurs, targetOf } from "./rooms.ts";
import { isTest } from "./tree.ts";

/** What other packages may import without anybody here doing so. */
const PUBLIC = /^src\/client\//;

/**
 * Exported functions, classes and values that nobody imports. Types are left out: they belong to
 * the signature of what is imported.
 */
export const unusedRule: Rule = (tree) => {
  const used = new Set<string>();
  for (const { path, imports } of tree.sources) {
    for (const each of imports.filter(isOurs)) {
      const names = each.names.length === 0 ? [EVERYTHING] : each.names;
      for (const name of names) used.add(`${targetOf(path, each)} ${name}`);
    }
  }
  return tree.sources
    .filter(({ path }) => !isTest(path) && !PUBLIC.test(path))
    .filter(({ path }) => !used.has(`${path} ${EVERYTHING}`))
    .flatMap((source) =>
      exportsOf(source)
        .filter(({ name, isType }) => !isType && !used.has(`${source.path} ${name}`))
        .map(({ name, line }) =>
          warning(source.path, line, `nobody imports ${name}: drop the word export, or delete it`),
        ),
    );
};

/** Stands for an import that takes no names: of a worker, of all, or for its effect. */
const EVERYTHING = "*";

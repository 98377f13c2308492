import type { Node } from "oxc-parser";
import { problem, type Rule } from "./problem.ts";
import type { Source } from "./source.ts";

/** Exports without a doc comment. */
export const documentedRule: Rule = (tree) =>
  tree.sources
    .filter(({ path }) => NEEDS_DOCS.test(path) && !path.includes(".test."))
    .flatMap((source) =>
      exportsOf(source)
        .filter((each) => !each.documented)
        .map(({ name, line }) =>
          problem(source.path, line, `${name} has no doc comment: a sentence, units, limits, null`),
        ),
    );

const NEEDS_DOCS = /^(src|tools|bench|test\/support|console\/src)\//;

/** An exported declaration at the top level of a file. */
export interface Exported {
  readonly name: string;
  readonly line: number;
  /** A `/** … *\/` comment stands right above it. */
  readonly documented: boolean;
  /** An interface or a type: gone when the program runs. */
  readonly isType: boolean;
}

/** The declarations that a file exports where it makes them; lists of names are left out. */
export function exportsOf(source: Source): readonly Exported[] {
  return source.program.body.flatMap((node) => {
    if (node.type !== "ExportNamedDeclaration" || node.declaration === null) return [];
    const documented = source.comments.some(
      (comment) =>
        comment.type === "Block" &&
        comment.value.startsWith("*") &&
        comment.end <= node.start &&
        source.text.slice(comment.end, node.start).trim() === "",
    );
    const { declaration } = node;
    const isType =
      declaration.type === "TSInterfaceDeclaration" ||
      declaration.type === "TSTypeAliasDeclaration";
    const line = source.lineOf(node.start);
    return [{ name: nameOf(declaration), line, documented, isType }];
  });
}

function nameOf(declaration: Node): string {
  if (declaration.type === "VariableDeclaration") {
    const [first] = declaration.declarations;
    return first?.id.type === "Identifier" ? first.id.name : "an export";
  }
  if (!("id" in declaration) || declaration.id?.type !== "Identifier") return "an export";
  return declaration.id.name;
}

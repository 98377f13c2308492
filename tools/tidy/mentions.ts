import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { type Problem, problem, type Rule } from "./problem.ts";
import type { TextFile, Tree } from "./tree.ts";

/** Links, names of files and commands in documents and scripts that lead nowhere. */
export const mentionsRule: Rule = (tree) => {
  const there = knownPaths(tree);
  return tree.texts.flatMap((file) => [
    ...(file.path.endsWith(".md") ? linkProblems(file, { there, root: tree.root }) : []),
    ...(MAPS.test(file.path) ? nameProblems(file, there) : []),
    ...(file.path === "package.json" ? scriptProblems(file, there) : []),
  ]);
};

/** The documents that name files of the code; records of decisions may name what is gone. */
const MAPS = /^(ARCHITECTURE|CONTRIBUTING|README|SECURITY|STYLE)\.md$/;

/** Every file and the folders that hold them. */
function knownPaths(tree: Tree): ReadonlySet<string> {
  const there = new Set<string>();
  for (const { path } of tree.texts) {
    for (let at: string = path; at !== "."; at = posix.dirname(at)) there.add(at);
  }
  return there;
}

/** Pictures are no texts, so the tree does not list them. */
const PICTURE = /\.(jpe?g|png|webp)$/;

function linkProblems(
  { path, text }: TextFile,
  { there, root }: { readonly there: ReadonlySet<string>; readonly root: string },
): readonly Problem[] {
  return text.split("\n").flatMap((line, index) =>
    [...line.matchAll(/\]\((?![a-z]+:|#)([^)\s#]+)/g)].flatMap(([, target = ""]) => {
      const resolved = posix.join(posix.dirname(path), target).replace(/\/$/, "");
      const isThere =
        there.has(resolved) || (PICTURE.test(target) && existsSync(join(root, resolved)));
      return isThere ? [] : [problem(path, index + 1, `the link ${target} is dead`)];
    }),
  );
}

/** `engine/attempt.ts` stands for `src/engine/attempt.ts`; a `<name>` makes it a pattern. */
function nameProblems({ path, text }: TextFile, there: ReadonlySet<string>): readonly Problem[] {
  return text.split("\n").flatMap((line, index, lines) =>
    [...line.matchAll(/`([\w.-]+(?:\/[\w.-]+)+\.(?:ts|mjs|md|json))`/g)].flatMap(([, name = ""]) =>
      // A name alone above a block of code is a file to make.
      there.has(name) || there.has(`src/${name}`) || /^```./.test(lines[index + 2] ?? "")
        ? []
        : [problem(path, index + 1, `${name} is not there any more`)],
    ),
  );
}

function scriptProblems({ path, text }: TextFile, there: ReadonlySet<string>): readonly Problem[] {
  const names = text.matchAll(/(?<![\w/])(?:src|tools|bench|test)\/[\w./-]+\.(?:ts|mjs)/g);
  return [...new Set([...names].map(([name]) => name))]
    .filter((name) => !there.has(name))
    .map((name) => problem(path, 1, `a script names ${name}, which is not there`));
}

import { type Problem, problem, type Rule } from "./problem.ts";
import type { Tree } from "./tree.ts";

/** The one package that may run a script when it is installed: it fetches Node itself. */
const SCRIPTED = new Set(["node"]);

/** Dependencies: pinned, written down in a decision, without install scripts, really used. */
export const packagesRule: Rule = (tree) => {
  const manifest = parse(textOf(tree, "package.json"));
  const dependencies = record(manifest.dependencies);
  const all = { ...dependencies, ...record(manifest.devDependencies) };
  const decisions = tree.texts
    .filter(({ path }) => path.startsWith("docs/decisions/"))
    .map(({ text }) => text)
    .join("\n");
  const report = (message: string): Problem => problem("package.json", 1, message);
  return [
    ...Object.entries(all).flatMap(([name, version]) => {
      const found: Problem[] = [];
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))
        found.push(report(`${name}: pin one version`));
      if (!decisions.includes(`\`${name}\``)) {
        found.push(report(`${name} has no line in docs/decisions/: what it does, its licence`));
      }
      return found;
    }),
    ...scriptProblems(tree),
    ...importProblems(tree, new Set(Object.keys(dependencies)), new Set(Object.keys(all))),
  ];
};

function scriptProblems(tree: Tree): readonly Problem[] {
  const lock = record(parse(textOf(tree, "package-lock.json")).packages);
  return Object.entries(lock).flatMap(([path, entry]) => {
    const { hasInstallScript, dev } = record(entry);
    const name = path.replace(/^.*node_modules\//, "");
    if (hasInstallScript !== true || dev === true || SCRIPTED.has(name)) return [];
    return [
      problem("package-lock.json", 1, `${name} runs a script when installed: choose another`),
    ];
  });
}

/** Code that ships may import production packages only; nobody imports what is not listed. */
function importProblems(
  tree: Tree,
  production: ReadonlySet<string>,
  all: ReadonlySet<string>,
): readonly Problem[] {
  return tree.sources.flatMap(({ path, imports }) => {
    const ships = path.startsWith("src/") && !/\.test\.ts$|\/conformance/.test(path);
    const allowed = ships ? production : all;
    return imports.flatMap(({ specifier, line, typeOnly }) => {
      const name = packageOf(specifier);
      if (name === null || allowed.has(name) || (typeOnly && all.has(name))) return [];
      const where = ships ? "dependencies" : "package.json";
      return [problem(path, line, `${name} is not listed in ${where}`)];
    });
  });
}

function packageOf(specifier: string): string | null {
  if (/^(\.|node:|vidgo(\/|$)|[a-z]+:)/.test(specifier)) return null;
  const [scope = "", name = ""] = specifier.split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}

function textOf(tree: Tree, wanted: string): string {
  return tree.texts.find(({ path }) => path === wanted)?.text ?? "{}";
}

function parse(text: string): Readonly<Record<string, unknown>> {
  return record(JSON.parse(text));
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

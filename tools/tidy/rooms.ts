import { posix } from "node:path";
import { type Problem, problem, type Rule } from "./problem.ts";
import type { Import, Source } from "./source.ts";
import { isProduct, isTest, type Tree } from "./tree.ts";

/** What a room may know. `types` are known to the compiler only and gone when the program runs. */
interface Room {
  readonly knows: readonly string[];
  readonly types?: readonly string[];
}

const CONTRACTS = ["lib", "core", "wire", "models", "store", "files", "providers"];
const STAGES = [...CONTRACTS, "engine", "webhooks", "people"];

/** The import matrix of ARCHITECTURE.md. Imports point down only; a room always knows itself. */
export const ROOMS: Readonly<Record<string, Room>> = {
  lib: { knows: [] },
  core: { knows: ["lib"] },
  wire: { knows: ["lib", "core"], types: ["models"] },
  models: { knows: ["lib", "core"] },
  store: { knows: ["lib", "core"] },
  files: { knows: ["lib", "core"] },
  providers: { knows: ["lib", "core"], types: ["models"] },
  engine: { knows: CONTRACTS, types: ["config"] },
  webhooks: { knows: CONTRACTS, types: ["config"] },
  people: { knows: ["lib", "core", "store"] },
  http: { knows: STAGES, types: ["config"] },
  config: { knows: ["lib", "core", "models", "providers"] },
  gateway: { knows: [...STAGES, "http", "config"] },
  cli: { knows: [...STAGES, "http", "config", "gateway", "client"] },
  main: { knows: ["lib", "core", "config", "cli"] },
  client: { knows: ["wire"], types: ["lib", "core"] },
};

/** Imports against the matrix, imports of what is not there, cycles, files nobody reaches. */
export const roomsRule: Rule = (tree) => {
  const graph = graphOf(tree);
  return [
    ...graph.missing,
    ...tree.sources.flatMap((source) => roomProblems(source)),
    ...cycleProblems(graph),
    ...deadProblems(tree, graph),
  ];
};

type Edges = ReadonlyMap<string, readonly string[]>;

interface Graph {
  /** The files that a file names. */
  readonly edges: Edges;
  /** The same without workers and assets, which are started or read rather than imported. */
  readonly imports: Edges;
  readonly missing: readonly Problem[];
}

function graphOf(tree: Tree): Graph {
  const known = new Set(tree.texts.map(({ path }) => path));
  const edges = new Map<string, readonly string[]>();
  const plain = new Map<string, readonly string[]>();
  const missing: Problem[] = [];
  for (const { path, imports } of tree.sources) {
    const ours = imports.filter(isOurs).map((each) => ({ ...each, target: targetOf(path, each) }));
    const there = ours.filter(({ target }) => known.has(target));
    edges.set(path, there.map(targetAlone));
    plain.set(path, there.filter(({ spawned }) => !spawned).map(targetAlone));
    for (const { target, specifier, line } of ours) {
      if (/\.(ts|tsx|mjs|js|json)$/.test(target) && !known.has(target) && !isTest(path)) {
        missing.push(problem(path, line, `${specifier} is not there`));
      }
    }
  }
  return { edges, imports: plain, missing };
}

function targetAlone({ target }: { readonly target: string }): string {
  return target;
}

/** Whether an import names a file of the project rather than a package. */
export function isOurs({ specifier }: Import): boolean {
  return specifier.startsWith("./") || specifier.startsWith("../");
}

/** The path of the file that an import at `path` names. */
export function targetOf(path: string, { specifier }: Import): string {
  return posix.join(posix.dirname(path), specifier);
}

/** The room of a file under `src/`, `console` for the console, `null` for tests and tools. */
function roomOf(path: string): string | null {
  if (path.startsWith("console/")) return "console";
  return /^src\/([a-z0-9-]+)(\/|\.ts$)/.exec(path)?.[1] ?? null;
}

function roomProblems(source: Source): readonly Problem[] {
  const room = roomOf(source.path);
  if (room === null || isTest(source.path)) return [];
  const may = room === "console" ? { knows: ["wire", "client"] } : ROOMS[room];
  if (may === undefined) {
    return [
      problem(source.path, 1, `room ${room} has no row in the matrix of tools/tidy/rooms.ts`),
    ];
  }
  return source.imports.filter(isOurs).flatMap((each) => {
    const message = refusal(source.path, may, each);
    return message === null ? [] : [problem(source.path, each.line, message)];
  });
}

function refusal(path: string, may: Room, each: Import): string | null {
  const room = roomOf(path) ?? "";
  const target = targetOf(path, each);
  const other = roomOf(target);
  if (other === null) {
    const ends = /\.(json|svg|css|ttf|wasm)$/.test(target) || target.startsWith("assets/");
    return ends ? null : `${room} reaches out of src/ to ${target}`;
  }
  if (other === room) return room === "providers" ? providerRefusal(path, target) : null;
  if (may.knows.includes(other)) return storeRefusal(room, target);
  if (each.typeOnly && may.types?.includes(other)) return null;
  const known = [...may.knows, ...(may.types ?? []).map((name) => `${name} (types)`)];
  const list = known.length === 0 ? "nothing of ours" : known.join(", ");
  return `${room} may not import ${other}: it knows ${list}`;
}

const PROVIDER_FOLDER = /^src\/providers\/([a-z0-9-]+)\//;

function providerRefusal(path: string, target: string): string | null {
  const from = PROVIDER_FOLDER.exec(path)?.[1];
  const to = PROVIDER_FOLDER.exec(target)?.[1];
  if (to === undefined || from === to || path === "src/providers/registry.ts") return null;
  return from === undefined
    ? `only registry.ts names a provider: ${to}`
    : `provider ${from} may not import provider ${to}: share through core or lib`;
}

/** Above the store only the composition knows which database it is. */
function storeRefusal(room: string, target: string): string | null {
  const driver = /^src\/store\/(sqlite|postgres)\//.exec(target)?.[1];
  if (driver === undefined || room === "gateway" || room === "cli") return null;
  return `${room} may not know the ${driver} driver: take a Store (store/store.ts)`;
}

function cycleProblems({ imports }: Graph): readonly Problem[] {
  const found: Problem[] = [];
  const done = new Set<string>();
  const open: string[] = [];
  const visit = (path: string): void => {
    const at = open.indexOf(path);
    if (at !== -1) {
      const round = [...open.slice(at), path].map((each) => each.replace(/^src\//, ""));
      found.push(problem(path, 1, `a cycle of imports: ${round.join(" → ")}`));
    }
    if (at !== -1 || done.has(path)) return;
    open.push(path);
    for (const next of imports.get(path) ?? []) visit(next);
    open.pop();
    done.add(path);
  };
  for (const path of imports.keys()) visit(path);
  return found;
}

const ENTRIES =
  /^src\/main\.ts$|^src\/client\/[a-z-]+\.ts$|^(tools|examples)\/[^/]+$|^bench\/(.+\/)?main\.ts$|^console\/(src\/main\.tsx|[^/]+)$/;

/** Files that no command reaches. What only tests reach is dead too, unless it is theirs. */
function deadProblems(tree: Tree, { edges }: Graph): readonly Problem[] {
  // Before there is a program nothing can be said.
  if (!edges.has("src/main.ts")) return [];
  const paths = tree.sources.map(({ path }) => path);
  const commands = reach(
    edges,
    paths.filter((path) => ENTRIES.test(path)),
  );
  const tests = reach(
    edges,
    paths.filter((path) => /\.test\.tsx?$/.test(path)),
  );
  return paths.flatMap((path) => {
    if (commands.has(path)) return [];
    if (tests.has(path) && !isProduct(path)) return [];
    const message = tests.has(path) ? "only tests reach this file" : "nothing reaches this file";
    return [problem(path, 1, `${message}: use it or delete it`)];
  });
}

function reach(edges: Edges, entries: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...entries];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    open.push(...(edges.get(path) ?? []));
  }
  return seen;
}

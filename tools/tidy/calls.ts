import type { Node } from "oxc-parser";
import { type Problem, problem, type Rule } from "./problem.ts";
import { dottedName, type Source } from "./source.ts";
import { isProduct } from "./tree.ts";

/** A name that reaches for the outside world, and where it may stand. */
interface BannedName {
  /** Dotted, as written; a trailing `.` stands for all members. */
  readonly name: string;
  /** Only a call or `new` without arguments counts, as in `new Date()`. */
  readonly bare?: true;
  readonly homes: RegExp;
  readonly instead: string;
}

/** The client runs in other people's programs; its transport is their edge. */
const EDGES = /^src\/(lib\/|client\/transport\.ts$|config\.ts$|main\.ts$)/;
const CLOCK = "take a Clock (lib/clock.ts)";
const RANDOM = "take RandomBytes (lib/random.ts) or an id maker (core/id.ts)";
const TIMERS = "use clock.sleep(), lib/loop.ts or lib/deadline.ts";

/** Names that only the edges of the program may say. Tests and tools may say them all. */
const BANNED_NAMES: readonly BannedName[] = [
  { name: "process.env", homes: EDGES, instead: "take what you need from Config (config.ts)" },
  {
    name: "process.exit",
    homes: /^src\/(main|gateway)\.ts$/,
    instead: "return; main.ts sets the exit code",
  },
  { name: "Date.now", homes: EDGES, instead: CLOCK },
  { name: "Date", bare: true, homes: EDGES, instead: CLOCK },
  { name: "performance.now", homes: EDGES, instead: CLOCK },
  { name: "Math.random", homes: EDGES, instead: RANDOM },
  { name: "crypto.randomUUID", homes: EDGES, instead: RANDOM },
  { name: "randomUUID", homes: EDGES, instead: RANDOM },
  { name: "randomBytes", homes: EDGES, instead: RANDOM },
  {
    name: "fetch",
    homes: EDGES,
    instead: "send it through providers/upstream.ts, the one way out",
  },
  { name: "setTimeout", homes: EDGES, instead: TIMERS },
  { name: "setInterval", homes: EDGES, instead: TIMERS },
  { name: "console.", homes: /^src\/(cli\/|main\.ts$)/, instead: "take a Log (lib/log.ts)" },
];

const BANNED_MODULES: readonly { module: RegExp; homes: RegExp; instead: string }[] = [
  { module: /^(node:)?timers(\/promises)?$/, homes: EDGES, instead: TIMERS },
  {
    module: /^(node:)?child_process$/,
    homes: /^src\/(lib|cli|providers)\//,
    instead: "use a worker",
  },
];

/** Errors that may be thrown on purpose; all others are for `lib/`. */
const THROWABLE = new Set(["GatewayError", "UpstreamFailure", "UpstreamSilence"]);
const CATCHERS =
  /^src\/(lib\/|client\/transport\.ts$|main\.ts$|http\/app\.ts$|engine\/(ask|scheduler)\.ts$|webhooks\/deliver\.ts$|providers\/([a-z-]+\/provider|upstream)\.ts$|store\/(sqlite|postgres)\/)|(^|[/-])(worker|thread)\.ts$/;

/** Reaching for time, chance, the network and the environment; throwing and catching elsewhere. */
export const callsRule: Rule = (tree) =>
  tree.sources.filter(({ path }) => isProduct(path)).flatMap(callProblems);

function callProblems(source: Source): readonly Problem[] {
  const found: Problem[] = [];
  const { path } = source;
  const report = (node: Node, message: string): void => {
    found.push(problem(path, source.lineOf(node.start), message));
  };
  const own = declaredNames(source);
  for (const { node, parent } of source.nodes) {
    const banned = bannedName(node, own);
    if (banned !== null && !banned.homes.test(path)) {
      report(node, `${banned.name.replace(/\.$/, "")} outside its home: ${banned.instead}`);
    }
    if (node.type === "ThrowStatement" && !path.startsWith("src/lib/")) {
      const name = node.argument.type === "NewExpression" ? dottedName(node.argument.callee) : null;
      if (name !== null && !THROWABLE.has(name)) {
        report(
          node,
          `throws ${name}: throw GatewayError with a code of core/error.ts, or assert()`,
        );
      }
    } else if (node.type === "NewExpression" && dottedName(node.callee) === "Error") {
      const thrown = parent?.type === "ThrowStatement";
      if (!thrown && !path.startsWith("src/lib/")) {
        report(node, "new Error outside lib/: use GatewayError, UpstreamFailure or a value");
      }
    }
    if (isCatch(node) && !CATCHERS.test(path)) {
      report(node, "catches outside the places of STYLE.md: let it pass, or give back a value");
    }
  }
  for (const { specifier, line, typeOnly, names } of source.imports) {
    const rule = BANNED_MODULES.find(({ module }) => module.test(specifier));
    if (rule === undefined || typeOnly || rule.homes.test(path)) continue;
    // Letting others have a turn is no waiting.
    if (names.length > 0 && names.every((name) => name === "setImmediate")) continue;
    found.push(problem(path, line, `imports ${specifier} outside its home: ${rule.instead}`));
  }
  return found;
}

function bannedName(node: Node, own: ReadonlySet<string>): BannedName | null {
  const called = node.type === "CallExpression" || node.type === "NewExpression";
  const name = called ? dottedName(node.callee) : dottedName(node);
  if (name === "" || own.has(name.split(".")[0] ?? "")) return null;
  const plain = name.replace(/^globalThis\./, "");
  return BANNED_NAMES.find((rule) => matches(rule, plain, node)) ?? null;
}

function matches(rule: BannedName, name: string, node: Node): boolean {
  if (rule.bare === true) {
    return name === rule.name && node.type === "NewExpression" && node.arguments.length === 0;
  }
  if (rule.name.endsWith(".")) {
    return name.startsWith(rule.name) && node.type === "MemberExpression";
  }
  // A dotted name is met once, as the member itself; a plain one counts where it is called.
  const wanted = rule.name.includes(".") ? "MemberExpression" : "CallExpression";
  return name === rule.name && node.type === wanted;
}

/** Names that a file declares as parameters: what is handed in may be called by any name. */
function declaredNames(source: Source): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node, parent } of source.nodes) {
    if (node.type !== "Identifier" || parent === null) continue;
    const isFunction = "params" in parent && Array.isArray(parent.params);
    const declares =
      (isFunction && Object.values(parent.params).includes(node)) ||
      (parent.type === "VariableDeclarator" && parent.id === node) ||
      (parent.type === "AssignmentPattern" && parent.left === node) ||
      (parent.type === "Property" && parent.value === node && parent.shorthand);
    if (declares) names.add(node.name);
  }
  return names;
}

function isCatch(node: Node): boolean {
  if (node.type === "CatchClause") return true;
  return (
    node.type === "CallExpression" &&
    node.callee.type === "MemberExpression" &&
    node.callee.property.type === "Identifier" &&
    node.callee.property.name === "catch"
  );
}

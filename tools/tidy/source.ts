import { type Comment, type Node, type Program, parseSync } from "oxc-parser";

/** A file of TypeScript or JavaScript with its syntax tree. */
export interface Source {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  /** Every node of the tree, each after its parent, in the order of the text. */
  readonly nodes: readonly Visit[];
  readonly comments: readonly Comment[];
  /** What the parser refused; such a file has an empty tree. */
  readonly syntaxErrors: readonly string[];
  /** Where this file names another of ours, or a package. */
  readonly imports: readonly Import[];
  /** The line of an offset; 1 is the first. */
  lineOf(offset: number): number;
}

/** A node and what it stands in; `null` for the program itself. */
export interface Visit {
  readonly node: Node;
  readonly parent: Node | null;
}

/** One place where a file reaches for another. */
export interface Import {
  /** As written: `./task.ts`, `node:fs`, `pino`. */
  readonly specifier: string;
  readonly line: number;
  /** Gone after compiling: `import type`, or only types inside the braces. */
  readonly typeOnly: boolean;
  /** What is taken by name, under its name over there; empty for all else. */
  readonly names: readonly string[];
  /** Started as a worker or read as an asset rather than imported. */
  readonly spawned: boolean;
}

/** Parses a file; never throws on wrong syntax. */
export function parseSource(path: string, text: string): Source {
  const parsed = parseSync(path, text);
  const program = parsed.program;
  const nodes = nodesOf(program);
  const starts = lineStarts(text);
  const lineOf = (offset: number): number => lineAt(starts, offset);
  return {
    path,
    text,
    program,
    nodes,
    comments: parsed.comments,
    syntaxErrors: parsed.errors.map((error) => error.message),
    imports: importsOf(nodes, lineOf),
    lineOf,
  };
}

function nodesOf(program: Program): readonly Visit[] {
  const found: Visit[] = [];
  const visit = (node: Node, parent: Node | null): void => {
    found.push({ node, parent });
    for (const value of Object.values(node)) {
      if (isNode(value)) visit(value, node);
      else if (Array.isArray(value)) {
        for (const each of value) if (isNode(each)) visit(each, node);
      }
    }
  };
  visit(program, null);
  return found;
}

/** The dotted name of an expression, `process.env`; empty for anything else. */
export function dottedName(node: Node): string {
  if (node.type === "Identifier") return node.name;
  if (node.type !== "MemberExpression" || node.computed) return "";
  const object = dottedName(node.object);
  return object === "" || node.property.type !== "Identifier"
    ? ""
    : `${object}.${node.property.name}`;
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    typeof value.type === "string" &&
    "start" in value
  );
}

function importsOf(nodes: readonly Visit[], lineOf: (offset: number) => number): readonly Import[] {
  const found: Import[] = [];
  const add = (node: Node, source: Node, typeOnly: boolean): void => {
    const specifier = specifierOf(source);
    if (specifier === null) return;
    const names = "specifiers" in node ? node.specifiers.flatMap(importedName) : [];
    const spawned = node.type === "NewExpression";
    found.push({ specifier, line: lineOf(node.start), typeOnly, names, spawned });
  };
  for (const { node } of nodes) {
    if (node.type === "ImportDeclaration") {
      const types = node.specifiers.length > 0 && node.specifiers.every(isTypeSpecifier);
      add(node, node.source, node.importKind === "type" || types);
    } else if (node.type === "ExportNamedDeclaration" && node.source !== null) {
      add(node, node.source, node.exportKind === "type");
    } else if (node.type === "ExportAllDeclaration") {
      add(node, node.source, node.exportKind === "type");
    } else if (node.type === "ImportExpression") {
      add(node, node.source, false);
    } else if (node.type === "TSImportType") {
      add(node, node.source, true);
    } else if (isUrlBesideThisFile(node)) {
      const [target] = node.arguments;
      if (target !== undefined) add(node, target, false);
    }
  }
  return found;
}

/**
 * The path that a node spells. A worker's ends in the ending of the file that starts it, since the
 * published package is JavaScript: `./worker.${ending}` stands for `./worker.ts`.
 */
function specifierOf(node: Node): string | null {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : null;
  if (node.type !== "TemplateLiteral" || node.quasis.length !== 2) return null;
  const [head, tail] = node.quasis.map(({ value }) => value.raw);
  const names = head !== undefined && /[a-z0-9]\.?$/.test(head) && tail === "";
  return names ? `${head.replace(/\.$/, "")}.ts` : null;
}

function importedName(node: Node): readonly string[] {
  if (node.type === "ImportSpecifier" && node.imported.type === "Identifier") {
    return [node.imported.name];
  }
  if (node.type === "ExportSpecifier" && node.local.type === "Identifier") return [node.local.name];
  return [];
}

function isTypeSpecifier(node: Node): boolean {
  return node.type === "ImportSpecifier" && node.importKind === "type";
}

/** `new URL("./worker.ts", import.meta.url)`, the way in which workers and assets are named. */
function isUrlBesideThisFile(node: Node): node is Extract<Node, { type: "NewExpression" }> {
  if (node.type !== "NewExpression" || dottedName(node.callee) !== "URL") return false;
  const base = node.arguments[1];
  return base?.type === "MemberExpression" && base.object.type === "MetaProperty";
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? Number.POSITIVE_INFINITY) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

import type { Node } from "oxc-parser";
import { type Problem, problem, type Rule } from "./problem.ts";
import { dottedName, type Source } from "./source.ts";
import { isTest } from "./tree.ts";

/** A form of the language that the project does without. */
interface Shape {
  readonly is: (node: Node) => boolean;
  /** Where it may stand all the same. */
  readonly homes: RegExp | null;
  readonly message: string;
}

const NOWHERE = null;

/** Forms that are refused, each with what to write instead. */
export const SHAPES: readonly Shape[] = [
  {
    is: (node) => node.type === "TSAnyKeyword",
    homes: NOWHERE,
    message: "any: say unknown and narrow it where it enters",
  },
  {
    is: (node) => node.type === "TSNonNullExpression",
    homes: NOWHERE,
    message: "non-null !: narrow with an if, or present() of lib/assert.ts",
  },
  {
    is: isCast,
    homes: /^((console\/)?src\/lib\/|test\/)|\.test\.tsx?$/,
    message: "as outside lib/: write a type guard, or parse the value where it enters",
  },
  {
    is: (node) => node.type === "TSEnumDeclaration",
    homes: NOWHERE,
    message: "enum: write a union of string literals",
  },
  {
    is: (node) => "accessibility" in node && typeof node.accessibility === "string",
    homes: NOWHERE,
    message: "private, protected or public: use #name for what is private, nothing for the rest",
  },
  {
    is: (node) => node.type === "Decorator",
    homes: NOWHERE,
    message: "a decorator: call a function",
  },
  {
    is: (node) => node.type === "ExportDefaultDeclaration",
    homes: /(^|\/)[a-z-]+\.config\.(ts|mjs)$/,
    message: "a default export: export it by its name",
  },
  {
    is: (node) => node.type === "ExportAllDeclaration",
    homes: NOWHERE,
    message: "export *: import from the file that has it",
  },
  {
    is: isFarHeir,
    homes: NOWHERE,
    message: "a class that extends another: hand the collaborator in (only Error is extended)",
  },
  {
    is: (node) => node.type === "MemberExpression" && FOCUSED.test(dottedName(node)),
    homes: NOWHERE,
    message: "a focused or planned test: remove .only and .todo",
  },
  {
    is: isSkipWithoutReason,
    homes: NOWHERE,
    message: "skip without a reason: use requirePart() of test/support/require.ts",
  },
];

const FOCUSED = /^(test|it|describe|suite)\.(only|todo)$/;

/** Refused forms, files that only pass on, and files that do not parse. */
export const shapesRule: Rule = (tree) => tree.sources.flatMap(shapeProblems);

function shapeProblems(source: Source): readonly Problem[] {
  const found = source.syntaxErrors.map((message) => problem(source.path, 1, message));
  const shapes = SHAPES.filter(({ homes }) => homes === null || !homes.test(source.path));
  for (const { node } of source.nodes) {
    for (const { is, message } of shapes) {
      if (is(node)) found.push(problem(source.path, source.lineOf(node.start), message));
    }
  }
  if (isBarrel(source)) {
    found.push(problem(source.path, 1, "a barrel: import from the files that have the things"));
  }
  return found;
}

function isCast(node: Node): boolean {
  if (node.type === "TSTypeAssertion") return true;
  if (node.type !== "TSAsExpression") return false;
  const type = node.typeAnnotation;
  const isConst =
    type.type === "TSTypeReference" &&
    type.typeName.type === "Identifier" &&
    type.typeName.name === "const";
  return !isConst;
}

function isFarHeir(node: Node): boolean {
  if (node.type !== "ClassDeclaration" && node.type !== "ClassExpression") return false;
  if (node.superClass === null) return false;
  return !/(^|\.)(Error|Component)$/.test(dottedName(node.superClass));
}

function isSkipWithoutReason(node: Node): boolean {
  return (
    node.type === "Property" &&
    node.key.type === "Identifier" &&
    node.key.name === "skip" &&
    node.value.type === "Literal" &&
    node.value.value === true
  );
}

/** Files that only pass on what others export; a package entry is one on purpose. */
function isBarrel({ path, program }: Source): boolean {
  if (isTest(path) || PACKAGE_ENTRY.test(path) || program.body.length === 0) return false;
  return program.body.every(
    (node) => node.type === "ExportNamedDeclaration" && node.source !== null,
  );
}

const PACKAGE_ENTRY = /^src\/client\/[a-z-]+\.ts$/;

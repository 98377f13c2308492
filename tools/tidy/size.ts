import type { Node } from "oxc-parser";
import { type Problem, problem, type Rule, warning } from "./problem.ts";
import type { Source } from "./source.ts";
import { isTest } from "./tree.ts";

/** The lengths of STYLE.md. */
const LIMITS = {
  fileLines: 400,
  /** Tables of cases make a test longer than what it tests. */
  testFileLines: 600,
  fileLinesWanted: 250,
  columns: 100,
  functionLines: 70,
  parameters: 3,
} as const;

/** Files, lines and functions that are too long, functions with too many parameters. */
export const sizeRule: Rule = (tree) =>
  tree.sources.flatMap((source) => [
    ...fileProblems(source),
    ...columnProblems(source),
    ...functionProblems(source),
  ]);

/** A function with a body, as tidy and the figures count it. */
export interface FunctionSize {
  readonly line: number;
  readonly lines: number;
  readonly parameters: number;
}

/** All functions of a file that have a body, inner ones too. */
export function functionSizes(source: Source): readonly FunctionSize[] {
  const found: FunctionSize[] = [];
  for (const { node, parent } of source.nodes) {
    if (!isFunction(node) || node.body === null) continue;
    const start = parent?.type === "MethodDefinition" ? parent.start : node.start;
    const line = source.lineOf(start);
    const parameters = node.params.filter((each) => !isThis(each)).length;
    found.push({ line, lines: source.lineOf(node.end) - line + 1, parameters });
  }
  return found;
}

/** Lines of a file, the end of the last one not counted. */
export function lineCount(text: string): number {
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}

function fileProblems({ path, text }: Source): readonly Problem[] {
  const lines = lineCount(text);
  const limit = isTest(path) ? LIMITS.testFileLines : LIMITS.fileLines;
  if (lines > limit) {
    return [problem(path, limit, `${lines} lines, at most ${limit}: split it by idea`)];
  }
  if (isTest(path) || lines <= LIMITS.fileLinesWanted) return [];
  const message = `${lines} lines, ${LIMITS.fileLinesWanted} wanted: does it hold one idea?`;
  return [warning(path, LIMITS.fileLinesWanted, message)];
}

function columnProblems({ path, text }: Source): readonly Problem[] {
  if (WORD_TABLES.test(path)) return [];
  return text.split("\n").flatMap((line, index) => {
    if ([...line].length <= LIMITS.columns || hasLongWord(line)) return [];
    return [problem(path, index + 1, `${[...line].length} columns, at most ${LIMITS.columns}`)];
  });
}

/** Tables of words and drawings, where a line is a row; the formatter breaks the code around. */
const WORD_TABLES = /\/(data|lexicon|props|strings)\//;

/** A link or a coded value that cannot be broken. */
function hasLongWord(line: string): boolean {
  return line.split(/\s+/).some((word) => word.length > LIMITS.columns * 0.7);
}

function functionProblems(source: Source): readonly Problem[] {
  return functionSizes(source).flatMap(({ line, lines, parameters }) => {
    const found: Problem[] = [];
    if (lines > LIMITS.functionLines && !isTest(source.path)) {
      const limit = `at most ${LIMITS.functionLines}: name its steps`;
      found.push(problem(source.path, line, `a function of ${lines} lines, ${limit}`));
    }
    if (parameters > LIMITS.parameters) {
      const wanted = `at most ${LIMITS.parameters}: context, subject, options`;
      found.push(problem(source.path, line, `a function of ${parameters} parameters, ${wanted}`));
    }
    return found;
  });
}

function isFunction(
  node: Node,
): node is Extract<
  Node,
  { type: "FunctionDeclaration" | "FunctionExpression" | "ArrowFunctionExpression" }
> {
  return (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression"
  );
}

function isThis(parameter: Node): boolean {
  return parameter.type === "Identifier" && parameter.name === "this";
}

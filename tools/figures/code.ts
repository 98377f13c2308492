import type { Node } from "oxc-parser";
import { exportsOf } from "../tidy/documented.ts";
import { SHAPES } from "../tidy/shapes.ts";
import { functionSizes, lineCount } from "../tidy/size.ts";
import { dottedName, type Source } from "../tidy/source.ts";
import { isTest, type Tree } from "../tidy/tree.ts";
import { atLeast, atMost, type Figure, spread, told } from "./figure.ts";

const FILE_BARS = { p50: 80, p95: 250, max: 400 };
const FUNCTION_BARS = { p50: 8, p95: 30, max: 70 };

/** The figures of the code that ships, with its tests beside it. */
export function measureCode(tree: Tree): readonly Figure[] {
  const ours = tree.sources.filter(({ path }) => /^(src|console\/src|test)\//.test(path));
  const code = ours.filter(({ path }) => !isTest(path));
  const tests = ours.filter(({ path }) => isTest(path));
  const lines = sum(code.map(({ text }) => lineCount(text)));
  const functions = code.flatMap(functionSizes);
  const many = functions.filter(({ parameters }) => parameters > 3).length;
  const exported = code.flatMap(exportsOf);
  const documented = exported.filter((each) => each.documented).length;
  const perThousand = (count: number): number => round((count * 1000) / Math.max(1, lines));
  const outside = code.filter(({ path }) => !/^(console\/)?src\/lib\//.test(path));
  const fileLines = code.map(({ text }) => lineCount(text));
  return [
    told("files", code.length),
    told("lines", lines),
    spread("file lines", fileLines, FILE_BARS),
    told("functions", functions.length),
    spread(
      "function lines",
      functions.map((each) => each.lines),
      FUNCTION_BARS,
    ),
    atMost("functions of more than 3 parameters, %", percent(many, functions.length), 0),
    atLeast(
      "exported declarations with a doc comment, %",
      percent(documented, exported.length),
      95,
    ),
    atMost("any per 1,000 lines", perThousand(count(code, isAny)), 0),
    atMost("non-null ! per 1,000 lines", perThousand(count(code, isBang)), 0),
    atMost("as per 1,000 lines", perThousand(count(code, isCast)), 1),
    atMost("new Error outside lib/ per 1,000 lines", perThousand(count(outside, isNewError)), 0),
    atMost("checks switched off in place per 1,000 lines", perThousand(switchedOff(code)), 0.2),
    testRatio("test lines per code line", code, tests),
    ...aside(code, tests),
  ];
}

/** Painters, instruments and word lists: judged by eye, ear and properties, not line by line. */
const STUDIO = "src/providers/offline/";

/** The same two figures for all that is no drawing and no music. */
function aside(code: readonly Source[], tests: readonly Source[]): readonly Figure[] {
  const isElsewhere = ({ path }: Source): boolean => !path.startsWith(STUDIO);
  const rest = code.filter(isElsewhere);
  const fileLines = rest.map(({ text }) => lineCount(text));
  return [
    spread("file lines, the studio aside,", fileLines, FILE_BARS),
    testRatio("test lines per code line, the studio aside", rest, tests.filter(isElsewhere)),
  ];
}

function testRatio(name: string, code: readonly Source[], tests: readonly Source[]): Figure {
  const lines = sum(code.map(testLines));
  return atLeast(name, round(sum(tests.map(testLines)) / Math.max(1, lines)), 1.2);
}

function testLines({ text }: Source): number {
  return lineCount(text);
}

function count(sources: readonly Source[], is: (node: Node) => boolean): number {
  return sum(sources.map(({ nodes }) => nodes.filter(({ node }) => is(node)).length));
}

function isAny(node: Node): boolean {
  return node.type === "TSAnyKeyword";
}

function isBang(node: Node): boolean {
  return node.type === "TSNonNullExpression";
}

function isCast(node: Node): boolean {
  return node.type === "TSAsExpression" && SHAPES.some(({ is }) => is(node));
}

function isNewError(node: Node): boolean {
  return node.type === "NewExpression" && dottedName(node.callee) === "Error";
}

function switchedOff(sources: readonly Source[]): number {
  const comment = /biome-ignore|@ts-(ignore|expect-error|nocheck)|eslint-disable|oxlint-disable/;
  return sum(
    sources.map(({ comments }) => comments.filter((each) => comment.test(each.value)).length),
  );
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : round((100 * part) / whole);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

import { globSync } from "node:fs";
import { relative, resolve } from "node:path";

/** A named set of test files that run together, and how long they may take. */
export interface Suite {
  readonly name: string;
  /** Globs below the root of the project. */
  readonly patterns: readonly string[];
  /** How many files run at the same time; 1 where they measure time or fill both cores. */
  readonly filesAtOnce: number;
  /** A single test that takes longer fails. */
  readonly testLimitMs: number;
  /** A file that takes longer is ended and fails. */
  readonly fileLimitMs: number;
  /** What has not ended by then is ended and fails. */
  readonly budgetMs: number;
  /** Variables that its tests read. */
  readonly environment?: Readonly<Record<string, string>>;
}

const MINUTE_MS = 60_000;

/** What `npm test` runs. */
export const DEFAULT_SUITE: Suite = {
  name: "unit",
  patterns: [
    "{src,tools,bench,console}/**/*.test.ts",
    "test/{support,golden,sim}/**/*.test.ts",
    "test/e2e/**/*.short.test.ts",
  ],
  filesAtOnce: 2,
  testLimitMs: MINUTE_MS,
  fileLimitMs: 3 * MINUTE_MS,
  budgetMs: 8 * MINUTE_MS,
};

/** All suites in the order of a whole run; their budgets leave 9 of 40 minutes for the rest. */
export const SUITES: readonly Suite[] = [
  DEFAULT_SUITE,
  longSuite("e2e", 5 * MINUTE_MS),
  longSuite("examples", 8 * MINUTE_MS),
  longSuite("browser", 3 * MINUTE_MS),
  longSuite("chaos", 3.5 * MINUTE_MS),
  longSuite("failpoints", 3.5 * MINUTE_MS),
];

/** Suites that run only when they are named: they look far, or attack for minutes. */
export const FAR_SUITES: readonly Suite[] = [
  longSuite("doors", 3 * MINUTE_MS),
  longSuite("fuzz", 10 * MINUTE_MS),
  longSuite("planted", 10 * MINUTE_MS),
  // The same tests, asked of a gateway whose only upstream is another gateway.
  {
    ...longSuite("e2e", 10 * MINUTE_MS),
    name: "behind",
    environment: { VIDGO_TEST_BEHIND: "gateway" },
  },
];

/**
 * Finds the suites that a command line names.
 * @param words Names of suites, `all` for every one of {@link SUITES} that has files, or paths of
 *   test files.
 * @returns The suites, or the first word that names nothing.
 */
export function chooseSuites(words: readonly string[], root: string): readonly Suite[] | string {
  if (words.length === 0) return [DEFAULT_SUITE];
  if (words.includes("all")) return SUITES.filter((suite) => suiteFiles(suite, root).length > 0);
  const suites = [...SUITES, ...FAR_SUITES];
  const named = words.filter((word) => suites.some((suite) => suite.name === word));
  const paths = words.filter((word) => !named.includes(word));
  const unknown = paths.find((path) => globSync(path, { cwd: root }).length === 0);
  if (unknown !== undefined) return unknown;
  const chosen = suites.filter((suite) => named.includes(suite.name));
  if (paths.length === 0) return chosen;
  return [...chosen, { ...DEFAULT_SUITE, name: "named files", patterns: paths }];
}

/** The test files of a suite below `root`, in alphabetic order, relative to it. */
export function suiteFiles(suite: Suite, root: string): readonly string[] {
  const files = globSync([...suite.patterns], { cwd: root });
  return [...new Set(files.map((file) => relative(root, resolve(root, file))))].sort();
}

function longSuite(name: string, budgetMs: number): Suite {
  return {
    name,
    patterns: [`test/${name}/**/*.test.ts`],
    filesAtOnce: 1,
    testLimitMs: budgetMs,
    fileLimitMs: budgetMs,
    budgetMs,
  };
}

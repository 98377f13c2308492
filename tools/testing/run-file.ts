import { run } from "node:test";
import { inspect } from "node:util";

/** What came of one test file. */
export interface FileResult {
  readonly file: string;
  readonly counts: Counts;
  readonly failures: readonly Failure[];
  readonly skips: readonly Skip[];
  /** What the file wrote itself, shortened to its end. */
  readonly output: string;
  readonly durationMs: number;
}

/** The figures of the test runner's own summary. */
export interface Counts {
  readonly tests: number;
  readonly suites: number;
  readonly passed: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly skipped: number;
  readonly todo: number;
}

/** A test that failed, with the error as people read it. */
export interface Failure {
  readonly file: string;
  readonly test: string;
  readonly error: string;
}

/** A test that was not run, and why. */
export interface Skip {
  readonly file: string;
  readonly test: string;
  readonly reason: string;
}

/** How long a file may take and what else ends it. */
export interface FileLimits {
  readonly testLimitMs: number;
  readonly fileLimitMs: number;
  readonly signal: AbortSignal;
}

/** No tests at all. */
export const NO_COUNTS: Counts = {
  tests: 0,
  suites: 0,
  passed: 0,
  failed: 0,
  cancelled: 0,
  skipped: 0,
  todo: 0,
};

const OUTPUT_CHARS_MAX = 8000;

/**
 * Runs one test file in a process of its own and waits for its end.
 * A file without any test counts as failed: it promises something and proves nothing.
 */
export async function runFile(path: string, file: string, limits: FileLimits): Promise<FileResult> {
  const started = performance.now();
  const failures: Failure[] = [];
  const skips: Skip[] = [];
  let counts = NO_COUNTS;
  let output = "";
  let tests = 0;
  const keep = (data: { readonly message: string }): void => {
    output = (output + data.message).slice(-OUTPUT_CHARS_MAX);
  };
  const stream = run({
    files: [path],
    timeout: limits.testLimitMs,
    signal: AbortSignal.any([AbortSignal.timeout(limits.fileLimitMs), limits.signal]),
  });
  stream.on("test:stdout", keep).on("test:stderr", keep);
  // The runner's own figures come without a file.
  stream.on("test:diagnostic", ({ file: place, message }) => {
    if (place !== undefined) keep({ message: `\n» ${message}\n` });
  });
  stream.on("test:pass", (data) => {
    if (data.name === path) return;
    tests += 1;
    if (data.skip) skips.push({ file, test: data.name, reason: reasonOf(data.skip) });
  });
  stream.on("test:fail", (data) => {
    tests += 1;
    const error = failureText(data.details.error);
    if (error !== null) failures.push({ file, test: data.name === path ? file : data.name, error });
  });
  stream.on("test:summary", (data) => {
    if (data.file === undefined) counts = countsOf(data.counts);
  });
  for await (const _event of stream);
  if (tests === 0) {
    failures.push({ file, test: file, error: "The file holds no test" });
    counts = { ...NO_COUNTS, tests: 1, failed: 1 };
  }
  return { file, counts, failures, skips, output, durationMs: performance.now() - started };
}

/** Adds up two sets of figures. */
export function addCounts(left: Counts, right: Counts): Counts {
  return {
    tests: left.tests + right.tests,
    suites: left.suites + right.suites,
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    cancelled: left.cancelled + right.cancelled,
    skipped: left.skipped + right.skipped,
    todo: left.todo + right.todo,
  };
}

function countsOf(counts: Omit<Counts, "failed"> & { readonly failed?: number }): Counts {
  const { tests, suites, passed, failed = 0, cancelled, skipped, todo } = counts;
  return { tests, suites, passed, failed, cancelled, skipped, todo };
}

function reasonOf(skip: string | boolean): string {
  return typeof skip === "string" ? skip : "no reason given";
}

/** The text of a failure; `null` when it only says that something inside failed. */
function failureText(error: Error): string | null {
  if ("failureType" in error && error.failureType === "subtestsFailed") return null;
  return inspect(error.cause ?? error, { colors: false });
}

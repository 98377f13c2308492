// Runs test suites on Node's own test runner, one process a file, and says what was skipped.
//
//   node tools/test.ts                     the unit suite
//   node tools/test.ts e2e browser         suites by name
//   node tools/test.ts all                 every suite that has files
//   node tools/test.ts src/lib/json.test.ts
import { resolve } from "node:path";
import {
  failureText,
  fileLine,
  noteText,
  seconds,
  skipText,
  summaryText,
} from "./testing/report.ts";
import { addCounts, type FileResult, NO_COUNTS, runFile } from "./testing/run-file.ts";
import { chooseSuites, SUITES, type Suite, suiteFiles } from "./testing/suites.ts";

const root = resolve(import.meta.dirname, "..");
process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  const suites = chooseSuites(words, root);
  if (typeof suites === "string") {
    const names = SUITES.map((suite) => suite.name).join(", ");
    process.stderr.write(
      `No test file or suite is named ${suites}; the suites are ${names}, all\n`,
    );
    return 2;
  }
  hideOperatorSettings();
  const started = performance.now();
  const results: FileResult[] = [];
  let proven = suites.length > 0;
  for (const suite of suites) {
    const ended = await runSuite(suite);
    results.push(...ended);
    proven &&= ended.length > 0;
  }
  const counts = results.map((result) => result.counts).reduce(addCounts, NO_COUNTS);
  const failed = results.some((result) => result.failures.length > 0);
  const skipForbidden = process.env.VIDGO_TEST_REQUIRE === "all" && counts.skipped > 0;
  print(failureText(results) + skipText(results));
  if (skipForbidden) print("VIDGO_TEST_REQUIRE=all: a skipped test counts as a failed run");
  if (!proven) print("No test ran: a suite without test files counts as a failed run");
  print(summaryText(counts, performance.now() - started));
  return failed || skipForbidden || !proven ? 1 : 0;
}

async function runSuite(suite: Suite): Promise<readonly FileResult[]> {
  const started = performance.now();
  const waiting = [...suiteFiles(suite, root)];
  const results: FileResult[] = [];
  const signal = AbortSignal.timeout(suite.budgetMs);
  Object.assign(process.env, suite.environment);
  print(`${suite.name}: ${waiting.length} files, at most ${seconds(suite.budgetMs)}`);
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const result = await runFile(resolve(root, file), file, { ...suite, signal });
      results.push(result);
      print(fileLine(result));
      print(noteText(result));
    }
  };
  await Promise.all(Array.from({ length: suite.filesAtOnce }, work));
  const spent = seconds(performance.now() - started);
  for (const name of Object.keys(suite.environment ?? {})) delete process.env[name];
  print(`${suite.name}: ${spent} of ${seconds(suite.budgetMs)} used\n`);
  return results;
}

/** Tests must mean the same everywhere: no setting and no provider key of the operator counts. */
function hideOperatorSettings(): void {
  const own = /^(HOST|PORT|DATABASE_URL|S3_.*|VIDGO_(?!TEST_).*|.*_API_KEY|.*_API_TOKEN|FAL_KEY)$/;
  for (const name of Object.keys(process.env)) {
    if (own.test(name)) delete process.env[name];
  }
}

function print(text: string): void {
  if (text !== "") process.stdout.write(`${text}\n`);
}

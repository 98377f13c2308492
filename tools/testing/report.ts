import type { Counts, FileResult } from "./run-file.ts";

/** One line for a file that has ended. */
export function fileLine(result: FileResult): string {
  const mark = result.failures.length === 0 ? "✔" : "✖";
  const { tests, skipped } = result.counts;
  const count = `${tests} ${tests === 1 ? "test" : "tests"}`;
  const left = skipped > 0 ? `, ${skipped} skipped` : "";
  return `${mark} ${result.file} (${count}${left}, ${seconds(result.durationMs)})`;
}

/** What is to be read even when all is well: what tests diagnose, and lines that begin with `»`. */
export function noteText({ output }: FileResult): string {
  return output
    .split("\n")
    .filter((line) => line.startsWith("» "))
    .map((line) => `  ${line.slice(2)}`)
    .join("\n");
}

/** The failures in full, each under its test, after what the file wrote. Empty without any. */
export function failureText(results: readonly FileResult[]): string {
  const failed = results.filter((result) => result.failures.length > 0);
  const parts = failed.map((result) => {
    const errors = result.failures.map(({ test, error }) => `✖ ${test}\n${indent(error)}`);
    const wrote = result.output.trim();
    const output = wrote === "" ? [] : [`what it wrote:\n${indent(wrote)}`];
    return [`--- ${result.file}`, ...output, ...errors].join("\n");
  });
  return parts.length === 0 ? "" : `\nFailed:\n\n${parts.join("\n\n")}\n`;
}

/** The tests that were not run, grouped by reason. Empty when all were. */
export function skipText(results: readonly FileResult[]): string {
  const groups = Map.groupBy(
    results.flatMap((result) => result.skips),
    (skip) => skip.reason,
  );
  if (groups.size === 0) return "";
  const parts = [...groups].map(([reason, skips]) => {
    const tests = skips.map((skip) => `  ${skip.file}: ${skip.test}`);
    return [`- ${reason}`, ...tests].join("\n");
  });
  return `\nSkipped, and why:\n${parts.join("\n")}\n`;
}

/** The runner's summary in its own form. */
export function summaryText(counts: Counts, durationMs: number): string {
  return [
    `ℹ tests ${counts.tests}`,
    `ℹ suites ${counts.suites}`,
    `ℹ pass ${counts.passed}`,
    `ℹ fail ${counts.failed}`,
    `ℹ cancelled ${counts.cancelled}`,
    `ℹ skipped ${counts.skipped}`,
    `ℹ todo ${counts.todo}`,
    `ℹ duration_ms ${Math.round(durationMs)}`,
  ].join("\n");
}

/** A duration as people read it: `0.4 s`, `312 s`. */
export function seconds(durationMs: number): string {
  const value = durationMs / 1000;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;
}

function indent(text: string): string {
  return text.replace(/^/gm, "    ");
}

// The one gate besides the tests: format, lint, types, tidy and generated documents, side by side.
//
//   node tools/check.ts
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** One question that the tree must answer with yes. */
interface Step {
  readonly name: string;
  /** The program and its arguments, run at the root. */
  readonly command: readonly string[];
  /** How to put it right. */
  readonly fix: string;
}

interface StepResult {
  readonly step: Step;
  readonly passed: boolean;
  readonly output: string;
  readonly durationMs: number;
}

const root = resolve(import.meta.dirname, "..");
const bin = (name: string): string => resolve(root, "node_modules/.bin", name);
const STEPS: readonly Step[] = [
  {
    name: "format",
    command: [bin("biome"), "format", "--colors=off", "."],
    fix: "npm run format",
  },
  {
    name: "lint",
    command: [bin("biome"), "check", "--colors=off", "--formatter-enabled=false", "."],
    fix: "npm run format, then by hand what is left",
  },
  { name: "types", command: [bin("tsc"), "--noEmit", "--pretty", "false"], fix: "by hand" },
  {
    name: "console",
    command: [bin("tsc"), "--noEmit", "--pretty", "false", "-p", "console"],
    fix: "by hand; the types of the console",
  },
  {
    name: "tidy",
    command: [process.execPath, "tools/tidy.ts"],
    fix: "by hand; each line says what to write instead",
  },
  {
    name: "documents",
    command: [process.execPath, "tools/generate-docs.ts", "--check"],
    fix: "npm run docs",
  },
];

process.exitCode = await main();

async function main(): Promise<number> {
  const steps = STEPS.filter(
    ({ command }) => existsSync(resolve(root, command[1] ?? "")) || command[0] !== process.execPath,
  );
  const results = await Promise.all(steps.map(runStep));
  for (const { step, output } of results.filter((result) => !result.passed)) {
    process.stdout.write(`--- ${step.name}\n${output.trim()}\n    put right: ${step.fix}\n\n`);
  }
  for (const { step, passed, durationMs } of results) {
    const time = `${(durationMs / 1000).toFixed(1)} s`;
    process.stdout.write(`${passed ? "✔" : "✖"} ${step.name.padEnd(10)}${time.padStart(7)}\n`);
  }
  return results.every((result) => result.passed) ? 0 : 1;
}

function runStep(step: Step): Promise<StepResult> {
  const started = performance.now();
  const [program = "", ...options] = step.command;
  return new Promise((done) => {
    const child = spawn(program, options, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (part: Buffer): void => {
      output += part.toString();
    };
    const end = (passed: boolean): void =>
      done({ step, passed, output, durationMs: performance.now() - started });
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => {
      output += error.message;
      end(false);
    });
    child.on("close", (code) => end(code === 0));
  });
}

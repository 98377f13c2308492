import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A process of the bench: what it said first, and its end. */
export interface Child {
  readonly process: ChildProcess;
  /** The first line of its output that matches. */
  readonly line: string;
  /** Milliseconds from its start to that line. */
  readonly readyMs: number;
  /** Ends it and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** How to start one. */
export interface ChildOptions {
  readonly words: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Its output is read until a line matches. */
  readonly ready: RegExp;
  readonly timeoutMs: number;
  /** The folder that it runs in; absent: that of the caller. */
  readonly folder?: string;
}

/** Starts this Node on a script and waits until it says that it is ready. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [...options.words], {
    env: { PATH: process.env.PATH ?? "", ...options.environment },
    stdio: ["ignore", "pipe", "inherit"],
    ...(options.folder === undefined ? {} : { cwd: options.folder }),
  });
  const stop = (signal: NodeJS.Signals = "SIGTERM"): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once("exit", () => resolve());
      child.kill(signal);
    });
  const line = await Promise.race([
    firstMatch(child, options.ready),
    new Promise<null>((resolve) => setTimeout(() => resolve(null), options.timeoutMs).unref()),
  ]);
  if (line === null) {
    await stop("SIGKILL");
    throw new Error(`${options.words.join(" ")} did not say ${options.ready} in time`);
  }
  return { process: child, line, readyMs: performance.now() - startedMs, stop };
}

async function firstMatch(child: ChildProcess, pattern: RegExp): Promise<string | null> {
  if (child.stdout === null) return null;
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve) => {
    lines.on("line", (line) => {
      if (pattern.test(line)) resolve(line);
    });
    lines.on("close", () => resolve(null));
  });
}

#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { CommandContext } from "./cli/command.ts";
import { systemClock } from "./lib/clock.ts";

// A reader that went away (`vidgo models | head -1`) is no fault, and no reason to stop serving.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
keepCompiledCode();
keepNurserySmall();
// Loaded only now, so that its modules come out of the cache.
const { findCommand, run } = await import("./cli/run.ts");
const [name, ...words] = process.argv.slice(2);
const code = await run(name, makeContext((await findCommand(name))?.winds === true));
// What may still hold the process after the work is done is of no use to anybody.
process.exit(code);

/**
 * Reading its own modules would leave the heap's nursery at its largest, empty for ever in an idle
 * gateway. It may grow again after the start: a small one costs requests a fifth of their time. Not
 * before: compiled code is kept for each set of such flags, and a thread that starts after a change
 * would find none of it.
 */
function keepNurserySmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

function letNurseryGrow(): void {
  setFlagsFromString("--semi-space-growth-factor=2");
}

/**
 * Reading TypeScript takes half of the memory and most of the time of a start. What was read once
 * is kept inside the program's own folder; where that cannot be written, starts are slower.
 */
function keepCompiledCode(): void {
  const folder = join(import.meta.dirname, "..", "node_modules", ".cache", "vidgo");
  const { directory } = enableCompileCache(process.env.NODE_COMPILE_CACHE ?? folder);
  // Threads look for it here.
  if (directory !== undefined) process.env.NODE_COMPILE_CACHE ??= folder;
}

function makeContext(winds: boolean): CommandContext {
  const { env } = process;
  // npm runs scripts at the root of the package and tells where it was called.
  const throughNpm = env.npm_lifecycle_event === "vidgo" || env.npm_lifecycle_event === "start";
  return {
    words,
    environment: env,
    clock: systemClock,
    terminal: {
      print: (text) => process.stdout.write(text),
      note: (text) => process.stderr.write(text),
      isScreen: process.stderr.isTTY === true,
      width: process.stdout.isTTY === true ? process.stdout.columns : null,
    },
    folder: (throughNpm ? env.INIT_CWD : undefined) ?? process.cwd(),
    program: throughNpm ? "npm run -s vidgo --" : "vidgo",
    signal: watchSignals(winds),
    started: letNurseryGrow,
  };
}

/** The first signal asks for the end, the second does not ask: kill -9 is safe, and so is this. */
function watchSignals(winds: boolean): AbortSignal {
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (!winds || stopping.signal.aborted) process.exit(130);
      stopping.abort();
    });
  }
  return stopping.signal;
}

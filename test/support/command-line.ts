import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { CommandContext } from "../../src/cli/command.ts";
import { run } from "../../src/cli/run.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { Environment } from "../../src/lib/environment.ts";

/** What a command came to. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** How a command is run. */
export interface CommandOptions {
  readonly environment?: Environment;
  readonly signal?: AbortSignal;
  /** Hears each text as it is written to the standard error. */
  readonly onNote?: (text: string) => void;
  readonly isScreen?: boolean;
  readonly width?: number | null;
}

/** The command line on a data folder of its own, in this process. */
export interface CommandLine {
  /** Where relative paths of the commands start. */
  readonly folder: string;
  readonly dataDir: string;
  /** Ends something before the folders go. */
  after(end: () => Promise<void>): void;
  vidgo(words: readonly string[], options?: CommandOptions): Promise<Said>;
}

/** Makes a command line whose folders end with the test. */
export function makeCommandLine(context: TestContext): CommandLine {
  const root = mkdtempSync(join(tmpdir(), "vidgo-cli-"));
  const ends: (() => Promise<void>)[] = [];
  context.after(async () => {
    for (const end of ends) await end();
    rmSync(root, { recursive: true, force: true });
  });
  const folder = join(root, "here");
  const dataDir = join(root, "data");
  mkdirSync(folder);
  return {
    folder,
    dataDir,
    after: (end) => {
      ends.push(end);
    },
    async vidgo([name, ...words], options = {}) {
      let out = "";
      let err = "";
      const command: CommandContext = {
        words,
        environment: { VIDGO_DATA_DIR: dataDir, PORT: "0", ...options.environment },
        clock: systemClock,
        folder,
        program: "vidgo",
        started: () => {},
        signal: options.signal ?? new AbortController().signal,
        terminal: {
          print: (text) => {
            out += text;
          },
          note: (text) => {
            err += text;
            options.onNote?.(text);
          },
          isScreen: options.isScreen ?? false,
          width: options.width ?? null,
        },
      };
      const code = await run(name, command);
      return { code, out, err };
    },
  };
}

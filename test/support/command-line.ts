import type { TestContext } from "node:test";
import type { CommandContext } from "../../src/cli/command.ts";
import { run } from "../../src/cli/run.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { Environment } from "../../src/lib/environment.ts";
import { scratchFolder } from "./scratch-folder.ts";

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
  vidgo(words: readonly string[], options?: CommandOptions): Promise<Said>;
}

/** Makes a command line whose folders go with the test's process. */
export function makeCommandLine(_: TestContext): CommandLine {
  const folder = scratchFolder("cli");
  const dataDir = scratchFolder("cli-data");
  return {
    folder,
    dataDir,
    async vidgo([name, ...words], options = {}) {
      let out = "";
      let err = "";
      const context: CommandContext = {
        words,
        environment: { VIDGO_DATA_DIR: dataDir, PORT: "0", ...options.environment },
        clock: systemClock,
        folder,
        program: "vidgo",
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
      const code = await run(name, context);
      return { code, out, err };
    },
  };
}

import type { Clock } from "../lib/clock.ts";
import type { Environment } from "../lib/environment.ts";

/** A command of `vidgo`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** How it is written, after `vidgo`; a line for each form. */
  readonly usage: readonly string[];
  /** Whether it has something to finish when it is told to stop; else it is ended at once. */
  readonly winds: boolean;
  /** Runs it; gives the exit code. */
  run(context: CommandContext): Promise<ExitCode>;
}

/** What a command finds. */
export interface CommandContext {
  /** The words after the command's name. */
  readonly words: readonly string[];
  readonly environment: Environment;
  readonly clock: Clock;
  readonly terminal: Terminal;
  /** The folder that relative paths start from, absolute. */
  readonly folder: string;
  /** How the program is called here: `vidgo`, or `npm run -s vidgo --` in a clone. */
  readonly program: string;
  /** Fires on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** To be called when a gateway is open in this process: its start is over. */
  started(): void;
}

/** Where a command speaks. */
export interface Terminal {
  /** Writes to the standard output: results. */
  print(text: string): void;
  /** Writes to the standard error: progress and complaints. */
  note(text: string): void;
  /** Whether the standard error is a screen that can be overwritten. */
  readonly isScreen: boolean;
  /** Signs in a line of the standard output, or `null` when that is no screen. */
  readonly width: number | null;
}

/**
 * Exit codes by kind of failure, so that a script can tell them apart.
 *
 * 0 success · 1 the task failed · 2 wrong command or setting · 3 no gateway can be reached, or it
 * failed · 4 the gateway refused · 5 out of credits · 130 interrupted
 */
export const EXIT = {
  success: 0,
  taskFailed: 1,
  usage: 2,
  unreachable: 3,
  refused: 4,
  credits: 5,
  interrupted: 130,
} as const;

/** A value of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

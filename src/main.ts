#!/usr/bin/env node
import { type Command, type CommandContext, EXIT, type ExitCode } from "./cli/command.ts";
import { complain } from "./cli/complain.ts";
import { credits } from "./cli/credits.ts";
import { generate } from "./cli/generate.ts";
import { keys } from "./cli/keys.ts";
import { models } from "./cli/models.ts";
import { serve } from "./cli/serve.ts";
import { tasks } from "./cli/tasks.ts";
import { systemClock } from "./lib/clock.ts";

const COMMANDS: readonly Command[] = [serve, generate, keys, tasks, models, credits];

process.exitCode = await main(process.argv.slice(2));

/** Runs the command that the words name; gives the exit code. */
async function main([name, ...words]: readonly string[]): Promise<ExitCode> {
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      // The second wish is not asked to wait for anything: kill -9 is safe, and so is this.
      if (stopping.signal.aborted) process.exit(EXIT.interrupted);
      stopping.abort();
    });
  }
  const command = COMMANDS.find((known) => known.name === name);
  const context: CommandContext = {
    words,
    environment: process.env,
    clock: systemClock,
    terminal: {
      print: (text) => process.stdout.write(text),
      note: (text) => process.stderr.write(text),
      isScreen: process.stderr.isTTY === true,
    },
    signal: stopping.signal,
  };
  if (command === undefined) return showHelp(context, name);
  return command.run(context).catch((error: unknown) => complain(context, command, error));
}

function showHelp({ terminal }: CommandContext, name: string | undefined): ExitCode {
  const wanted = name === undefined || name === "help" || name === "--help";
  const lines = COMMANDS.map(({ usage, summary }) => `  vidgo ${usage}\n      ${summary}\n`);
  const text = `Vidgo, a gateway for generated media\n\n${lines.join("")}`;
  if (wanted) terminal.print(text);
  else terminal.note(`vidgo ${name} is unknown\n\n${text}`);
  return wanted ? EXIT.success : EXIT.usage;
}

import packageJson from "../../package.json" with { type: "json" };
import { type Command, type CommandContext, EXIT, type ExitCode } from "./command.ts";
import { complain } from "./complain.ts";
import { credits } from "./credits.ts";
import { generate } from "./generate.ts";
import { keys } from "./keys.ts";
import { listen } from "./listen.ts";
import { models } from "./models.ts";
import { offline } from "./offline.ts";
import { people, projects, setupLink } from "./people.ts";
import { routes } from "./routes.ts";
import { serve } from "./serve.ts";
import { tasks } from "./tasks.ts";

const COMMANDS: readonly Command[] = [
  serve,
  generate,
  keys,
  setupLink,
  people,
  projects,
  tasks,
  models,
  routes,
  credits,
  offline,
  listen,
];

/** The command of a name, or `null`. */
export function findCommand(name: string | undefined): Command | null {
  return COMMANDS.find((known) => known.name === name) ?? null;
}

/** Runs the command of a name, or shows what there is; gives the exit code. Never rejects. */
export function run(name: string | undefined, context: CommandContext): Promise<ExitCode> {
  const command = findCommand(name);
  const flags = context.words.slice(0, [...context.words, "--"].indexOf("--"));
  if (command === null) return Promise.resolve(showHelp(context, name));
  if (flags.includes("--help") || flags.includes("-h")) {
    context.terminal.print(helpOf(context, command));
    return Promise.resolve(EXIT.success);
  }
  return command.run(context).then(
    (code) => code,
    (thrown: unknown) => complain(context, command, thrown),
  );
}

function showHelp(context: CommandContext, name: string | undefined): ExitCode {
  const { terminal } = context;
  if (name === "--version") {
    terminal.print(`${packageJson.version}\n`);
    return EXIT.success;
  }
  const lines = COMMANDS.map((command) => helpOf(context, command)).join("\n");
  const text = `Vidgo, a gateway for generated media\n\n${lines}\n${FOOT}`;
  const wanted = name === undefined || ["help", "--help", "-h"].includes(name);
  if (wanted) terminal.print(text);
  else terminal.note(`vidgo ${name} is unknown\n\n${text}`);
  return wanted ? EXIT.success : EXIT.usage;
}

function helpOf({ program }: CommandContext, { usage, summary }: Command): string {
  return `${usage.map((line) => `  ${program} ${line}\n`).join("")}      ${summary}\n`;
}

const FOOT = `Commands use the gateway that holds VIDGO_DATA_DIR, or open that folder themselves
when none runs. With VIDGO_URL and VIDGO_KEY they use a gateway elsewhere.

Exit codes: 0 done, 1 the task failed, 2 wrong command or setting, 3 no gateway or it failed,
4 refused, 5 out of credits, 130 interrupted
`;

import packageJson from "../../package.json" with { type: "json" };
import { type Command, type CommandContext, EXIT, type ExitCode } from "./command.ts";
import { complain, printError } from "./complain.ts";
import { usageError } from "./words.ts";

/** The commands in the order of the help, each read when it is asked for: one serves for months. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import("./serve.ts")).serve,
  generate: async () => (await import("./generate.ts")).generate,
  keys: async () => (await import("./keys.ts")).keys,
  "setup-link": async () => (await import("./people.ts")).setupLink,
  people: async () => (await import("./people.ts")).people,
  projects: async () => (await import("./people.ts")).projects,
  tasks: async () => (await import("./tasks.ts")).tasks,
  models: async () => (await import("./models.ts")).models,
  routes: async () => (await import("./routes.ts")).routes,
  credits: async () => (await import("./credits.ts")).credits,
  offline: async () => (await import("./offline.ts")).offline,
  listen: async () => (await import("./listen.ts")).listen,
};

/** The command of a name, or `null`. */
export async function findCommand(name: string | undefined): Promise<Command | null> {
  if (name === undefined || !Object.hasOwn(COMMANDS, name)) return null;
  return (await COMMANDS[name]?.()) ?? null;
}

/** Runs the command of a name, or shows what there is; gives the exit code. Never rejects. */
export async function run(name: string | undefined, context: CommandContext): Promise<ExitCode> {
  const command = await findCommand(name);
  const flags = context.words.slice(0, [...context.words, "--"].indexOf("--"));
  if (command === null) return await showHelp(context, name);
  if (flags.includes("--help") || flags.includes("-h")) {
    context.terminal.print(helpOf(context, command));
    return EXIT.success;
  }
  // Some complain before there is a promise.
  return await Promise.try(() => command.run(context)).then(
    (code) => code,
    (thrown: unknown) => complain(context, command, thrown),
  );
}

async function showHelp(context: CommandContext, name: string | undefined): Promise<ExitCode> {
  const { terminal } = context;
  if (name === "--version") {
    terminal.print(`${packageJson.version}\n`);
    return EXIT.success;
  }
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const lines = commands.map((command) => helpOf(context, command)).join("\n");
  const text = `Vidgo, a gateway for generated media\n\n${lines}\n${FOOT}`;
  const wanted = name === undefined || ["help", "--help", "-h"].includes(name);
  if (wanted) {
    terminal.print(text);
    return EXIT.success;
  }
  terminal.note(`vidgo ${name} is unknown\n\n${text}`);
  if ([name, ...context.words].includes("--json")) {
    const known = Object.keys(COMMANDS).join(", ");
    printError(terminal, usageError(`Command ${name} is unknown; expected one of ${known}`));
  }
  return EXIT.usage;
}

function helpOf({ program }: CommandContext, { usage, summary }: Command): string {
  return `${usage.map((line) => `  ${program} ${line}\n`).join("")}      ${summary}\n`;
}

const FOOT = `Commands use the gateway that holds VIDGO_DATA_DIR, or open that folder themselves
when none runs. With VIDGO_URL and VIDGO_KEY they use a gateway elsewhere.

Exit codes: 0 done, 1 the task failed, 2 wrong command or setting, 3 no gateway or it failed,
4 refused, 5 out of credits, 130 interrupted
`;

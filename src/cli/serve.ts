import { strangeSettings } from "../config/settings.ts";
import { readConfig } from "../config.ts";
import type { Gateway } from "../gateway.ts";
import { type Command, type CommandContext, EXIT } from "./command.ts";
import { expectWords, parseWords } from "./words.ts";

/** `vidgo serve`: runs the gateway until it is told to stop. */
export const serve: Command = {
  name: "serve",
  summary: "Run the gateway",
  usage: ["serve [--json]"],
  winds: true,
  async run(context) {
    const parsed = parseWords(context.words, { json: "switch" });
    expectWords(parsed, 0);
    const config = readConfig(context.environment);
    const { openGateway } = await import("../gateway.ts");
    const gateway = await openGateway(config, { listen: true });
    context.started();
    if (parsed.on("json")) tell(context, gateway);
    else greet(context, gateway);
    await stopped(context.signal);
    context.terminal.note("Stopping; once more to stop at once\n");
    await gateway.close();
    return EXIT.success;
  },
};

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** For programs: one line; the key when this start made it, the link while there is no account. */
function tell(context: CommandContext, { url, newKey, setupLink, notices }: Gateway): void {
  const all = [...notices, ...strangeNotices(context)];
  context.terminal.print(
    `${JSON.stringify({ url, key: newKey, setup_link: setupLink, notices: all })}\n`,
  );
}

function greet(context: CommandContext, gateway: Gateway): void {
  const { terminal, program } = context;
  const { url, newKey, setupLink, trialModel, notices } = gateway;
  const more = `${program} keys create`;
  const way =
    setupLink === null
      ? `The console: ${url}/`
      : `The console, by a link that makes its first account (${program} setup-link prints ` +
        `another):\n\n  ${setupLink}`;
  const key =
    newKey === null
      ? `Try it, in a shell, with your API key in place (${more} makes another):`
      : `Your API key, shown this once:\n\n  ${newKey}\n\nTry it, in a shell:`;
  const all = [...notices, ...strangeNotices(context)].map((notice) => `${notice}\n`);
  const lines = trial(url, newKey, trialModel);
  // In one piece: who waits for the first line may take all that follows for granted.
  terminal.print(`\nVidgo is ready at ${url}\n\n${way}\n\n${key}\n\n${lines}\n${all.join("")}`);
}

function strangeNotices({ environment }: CommandContext): readonly string[] {
  return strangeSettings(environment).map(({ name, meant }) =>
    meant === null
      ? `${name} is no setting; is it written right?`
      : `${name} is no setting; did you mean ${meant}?`,
  );
}

/** A first task for a shell: prints the URL of a picture, or what went wrong. */
function trial(url: string, newKey: string | null, model: string): string {
  return `  KEY=${newKey ?? "put-your-key-here"}
  ID=$(curl -s ${url}/api/generate/submit -H "Authorization: Bearer $KEY" \\
    -H 'Content-Type: application/json' \\
    -d '{"model":"${model}","input":{"prompt":"a lighthouse at dusk"}}' |
    grep -o 'task-unified-[0-9a-z-]*')
  for _ in $(seq 60); do curl -s ${url}/api/generate/status/$ID -H "Authorization: Bearer $KEY" |
    grep -oE '"(file_url|error_message|message)":"[^"]+"' && break; sleep 1; done
`;
}

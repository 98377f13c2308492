import { readConfig } from "../config.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import { type Command, type CommandContext, EXIT } from "./command.ts";
import { parseWords } from "./usage.ts";

/** `vidgo serve`: runs the gateway until it is told to stop. */
export const serve: Command = {
  name: "serve",
  summary: "Run the gateway",
  usage: "serve",
  async run(context) {
    parseWords(context.words, {});
    const gateway = await openGateway(readConfig(context.environment), { listen: true });
    greet(context, gateway);
    await stopped(context.signal);
    context.terminal.note("Stopping\n");
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

function greet({ terminal }: CommandContext, gateway: Gateway): void {
  const { url, newKey, notices } = gateway;
  const key = newKey ?? "$VIDGO_KEY";
  terminal.print(`\nVidgo is ready at ${url}\n`);
  if (newKey !== null) terminal.print(`\nYour API key, shown once:\n\n  ${newKey}\n`);
  terminal.print(`
Try it:

  ID=$(curl -s ${url}/api/generate/submit -H 'Authorization: Bearer ${key}' \\
    -H 'Content-Type: application/json' \\
    -d '{"model":"gpt-4o-image","input":{"prompt":"a lighthouse at dusk","size":"3:2"}}' \\
    | grep -o 'task-unified-[0-9a-z-]*'); sleep 2
  curl -s ${url}/api/generate/status/$ID -H 'Authorization: Bearer ${key}'

`);
  for (const notice of notices) terminal.print(`${notice}\n`);
}

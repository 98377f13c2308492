import type { Command, CommandContext, ExitCode } from "./command.ts";
import { withOperator } from "./listing.ts";
import { type Parsed, parseWords, usageError } from "./usage.ts";

/** `vidgo credits`: shows the balance and gives credits. */
export const credits: Command = {
  name: "credits",
  summary: "Show the balance, or give credits",
  usage: "credits show | credits grant <credits> [--note TEXT]   [--json]",
  async run(context) {
    const parsed = parseWords(context.words, { note: "text", json: "switch" });
    switch (parsed.words[0]) {
      case "show":
        return showCredits(context, parsed);
      case "grant":
        return grantCredits(context, parsed);
      default:
        throw usageError("credits needs one of show, grant");
    }
  },
};

function showCredits(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  return withOperator(context, async (operator) => {
    const answer = await operator.ask("GET", "/admin/credits");
    const line = parsed.on("json") ? JSON.stringify(answer) : `${answer.credits} credits`;
    context.terminal.print(`${line}\n`);
  });
}

function grantCredits(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  const amount = Number(parsed.words[1]);
  if (!(amount > 0) || amount > 1e9) {
    throw usageError("credits grant needs a number of credits above 0");
  }
  return withOperator(context, async (operator) => {
    const body = { credits: amount, note: parsed.text("note") ?? "" };
    const answer = await operator.ask("POST", "/admin/credits", body);
    const line = parsed.on("json") ? JSON.stringify(answer) : `${answer.credits} credits`;
    context.terminal.print(`${line}\n`);
  });
}

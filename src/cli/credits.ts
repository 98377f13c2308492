import type { JsonObject } from "../lib/json.ts";
import type { Command, CommandContext, ExitCode } from "./command.ts";
import { withOperator } from "./with-operator.ts";
import { expectWords, type Parsed, parseWords, plainNumber, usageError } from "./words.ts";

/** `vidgo credits`: shows the balance and gives credits. */
export const credits: Command = {
  name: "credits",
  summary: "Show the balance, or give credits",
  usage: [
    "credits show [--project ID] [--json]",
    "credits grant <credits> [--project ID] [--note TEXT] [--json]",
  ],
  winds: false,
  async run(context) {
    const [verb] = context.words.filter((word) => !word.startsWith("-"));
    switch (verb) {
      case "show":
        return showCredits(context, parseWords(context.words, SHOW));
      case "grant":
        return grantCredits(context, parseWords(context.words, { ...SHOW, note: "text" }));
      default:
        throw usageError("credits needs one of show, grant");
    }
  },
};

const SHOW = { project: "text", json: "switch" } as const;

function showCredits(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  expectWords(parsed, 1);
  const project = parsed.text("project");
  const query = project === null ? "" : `?project_id=${encodeURIComponent(project)}`;
  const own = `/admin/credits${query}`;
  // Only the operator sees other projects than that of a key.
  return withOperator(context, project === null ? "any" : "own", async (operator) => {
    const path = operator.home === "remote" ? "/api/user/balance" : own;
    tell(context, parsed, await operator.ask("GET", path));
  });
}

function grantCredits(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  expectWords(parsed, 2);
  const amount = plainNumber(parsed.words[1] ?? "") ?? 0;
  if (amount === 0) throw usageError("credits grant needs a number of credits above 0");
  return withOperator(context, "own", async (operator) => {
    const project = parsed.text("project");
    const body = {
      ...{ credits: amount, note: parsed.text("note") ?? "" },
      ...(project === null ? {} : { project_id: project }),
    };
    tell(context, parsed, await operator.ask("POST", "/admin/credits", body));
  });
}

function tell({ terminal }: CommandContext, parsed: Parsed, answer: JsonObject): void {
  const line = parsed.on("json") ? JSON.stringify(answer) : `${answer.credits} credits`;
  terminal.print(`${line}\n`);
}

import { readConfig } from "../config.ts";
import type { Command, CommandContext, ExitCode } from "./command.ts";
import { showListing } from "./listing.ts";
import { withOperator } from "./with-operator.ts";
import { expectWords, type Parsed, parseWords, usageError } from "./words.ts";

/** `vidgo setup-link`: prints a link with which somebody becomes an owner in the console. */
export const setupLink: Command = {
  name: "setup-link",
  summary: "Print a link that makes an owner's account in the console",
  usage: ["setup-link [--json]"],
  winds: false,
  run(context) {
    const parsed = parseWords(context.words, { json: "switch" });
    expectWords(parsed, 0);
    return withOperator(context, "own", async (operator) => {
      const link = await operator.ask("POST", "/admin/setup-link");
      const url = new URL(String(link.url), originOf(context)).href;
      if (parsed.on("json")) context.terminal.print(`${JSON.stringify({ ...link, url })}\n`);
      else {
        context.terminal.note("It works once, until tomorrow\n");
        context.terminal.print(`${url}\n`);
      }
    });
  },
};

/** `vidgo people`: who has an account in the console. */
export const people: Command = {
  name: "people",
  summary: "List and remove accounts of the console",
  usage: ["people list [--json]", "people remove <email> [--json]"],
  winds: false,
  async run(context) {
    const parsed = parseWords(context.words, { json: "switch" });
    switch (parsed.words[0]) {
      case "list":
        return listPeople(context, parsed);
      case "remove":
        return removePerson(context, parsed);
      default:
        throw usageError("people needs one of list, remove");
    }
  },
};

/** `vidgo projects`: every project with its balance. */
export const projects: Command = {
  name: "projects",
  summary: "List projects",
  usage: ["projects [--json]"],
  winds: false,
  run(context) {
    const parsed = parseWords(context.words, { json: "switch" });
    expectWords(parsed, 0);
    return withOperator(context, "own", async (operator) => {
      const { projects: items } = await operator.ask("GET", "/admin/projects");
      const columns = ["id", "name", "email", "members", "credits", "created_time"];
      showListing(context, { items, columns, json: parsed.on("json"), none: "There is none" });
    });
  },
};

function listPeople(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  expectWords(parsed, 1);
  return withOperator(context, "own", async (operator) => {
    const { people: items } = await operator.ask("GET", "/admin/people");
    const columns = ["id", "email", "name", "created_time"];
    const none = `Nobody has an account yet: ${context.program} setup-link makes the first`;
    showListing(context, { items, columns, json: parsed.on("json"), none });
  });
}

function removePerson(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  expectWords(parsed, 2);
  const email = parsed.words[1];
  if (email === undefined) throw usageError("people remove needs an address; people list has them");
  return withOperator(context, "own", async (operator) => {
    const answer = await operator.ask("DELETE", `/admin/people/${encodeURIComponent(email)}`);
    context.terminal.print(
      parsed.on("json") ? `${JSON.stringify(answer)}\n` : `removed ${email}\n`,
    );
  });
}

/** Where the console will be: a gateway that was opened for this command alone has no address. */
function originOf({ environment }: CommandContext): string {
  const { publicUrl, host, port } = readConfig(environment);
  return publicUrl ?? `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

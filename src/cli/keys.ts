import type { Command, CommandContext, ExitCode } from "./command.ts";
import { showListing } from "./listing.ts";
import { doorOf, withOperator } from "./with-operator.ts";
import { expectWords, numberAfter, type Parsed, parseWords, usageError } from "./words.ts";

/** `vidgo keys`: makes, lists, rotates and revokes API keys. */
export const keys: Command = {
  name: "keys",
  summary: "Make, list, rotate and revoke API keys",
  usage: [
    "keys create [--name N] [--test] [--scope S …] [--network CIDR …] [--days N] [--json]",
    "keys list [--json]",
    "keys rotate <id> [--overlap HOURS] [--json]",
    "keys revoke <id> [--json]",
  ],
  winds: false,
  async run(context) {
    const [verb] = context.words.filter((word) => !word.startsWith("-"));
    switch (verb) {
      case "create":
        return createKey(
          context,
          parseWords(context.words, {
            ...{ name: "text", test: "switch", json: "switch" },
            ...{ scope: "list", network: "list", days: "text" },
          }),
        );
      case "list":
        return listKeys(context, parseWords(context.words, { json: "switch" }));
      case "rotate":
        return rotateKey(context, parseWords(context.words, { overlap: "text", json: "switch" }));
      case "revoke":
        return revokeKey(context, parseWords(context.words, { json: "switch" }));
      default:
        throw usageError("keys needs one of create, list, rotate, revoke");
    }
  },
};

function createKey(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  expectWords(parsed, 1);
  const days = numberAfter(parsed, "days", "days, such as 30");
  return withOperator(context, "any", async (operator) => {
    const key = await operator.ask("POST", `${doorOf(operator)}/keys`, {
      name: parsed.text("name") ?? "",
      mode: parsed.on("test") ? "test" : "live",
      ...(parsed.list("scope").length === 0 ? {} : { scopes: parsed.list("scope") }),
      ...(parsed.list("network").length === 0 ? {} : { networks: parsed.list("network") }),
      ...(days === null ? {} : { expires_in_days: days }),
    });
    if (parsed.on("json")) {
      context.terminal.print(`${JSON.stringify(key)}\n`);
      return;
    }
    context.terminal.note("This key is shown once; keep it now\n");
    context.terminal.print(`${key.key}\n`);
  });
}

function listKeys(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  expectWords(parsed, 1);
  return withOperator(context, "any", async (operator) => {
    const { keys: items } = await operator.ask("GET", `${doorOf(operator)}/keys`);
    const columns = [
      "id",
      "shown_as",
      "name",
      "mode",
      "created_time",
      "last_used_time",
      "expires_time",
      "revoked_time",
    ];
    const none = `There is no key yet: ${context.program} keys create makes one`;
    showListing(context, { items, columns, json: parsed.on("json"), none });
  });
}

function rotateKey(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  const id = idOf(parsed);
  const overlap = numberAfter(parsed, "overlap", "hours, such as 24 or 0");
  return withOperator(context, "any", async (operator) => {
    const wish = overlap === null ? {} : { overlap_hours: overlap };
    const path = `${doorOf(operator)}/keys/${encodeURIComponent(id)}/rotate`;
    const next = await operator.ask("POST", path, wish);
    if (parsed.on("json")) {
      context.terminal.print(`${JSON.stringify(next)}\n`);
      return;
    }
    const until = next.former_expires_time;
    context.terminal.note(
      `This key is shown once; keep it now. ${id} goes on until ${until} UTC\n`,
    );
    context.terminal.print(`${next.key}\n`);
  });
}

function idOf(parsed: Parsed): string {
  expectWords(parsed, 2);
  const [verb, id] = parsed.words;
  if (id !== undefined) return id;
  throw usageError(`keys ${verb} needs the id of a key; keys list shows them`);
}

function revokeKey(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  const id = idOf(parsed);
  return withOperator(context, "any", async (operator) => {
    const path = `${doorOf(operator)}/keys/${encodeURIComponent(id)}`;
    const answer =
      operator.home === "remote"
        ? await operator.ask("POST", `${path}/revoke`)
        : await operator.ask("DELETE", path);
    const line = parsed.on("json") ? JSON.stringify({ revoked: true, ...answer }) : `revoked ${id}`;
    context.terminal.print(`${line}\n`);
  });
}

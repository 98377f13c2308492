import type { Command, CommandContext, ExitCode } from "./command.ts";
import { showListing, withOperator } from "./listing.ts";
import { type Parsed, parseWords, usageError } from "./usage.ts";

/** `vidgo keys`: makes, lists and revokes API keys. */
export const keys: Command = {
  name: "keys",
  summary: "Make, list and revoke API keys",
  usage: "keys create [--name N] [--test] | keys list | keys revoke <id>   [--json]",
  async run(context) {
    const parsed = parseWords(context.words, { name: "text", test: "switch", json: "switch" });
    switch (parsed.words[0]) {
      case "create":
        return createKey(context, parsed);
      case "list":
        return listKeys(context, parsed);
      case "revoke":
        return revokeKey(context, parsed);
      default:
        throw usageError("keys needs one of create, list, revoke");
    }
  },
};

function createKey(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  return withOperator(context, async (operator) => {
    const key = await operator.ask("POST", "/admin/keys", {
      name: parsed.text("name") ?? "",
      mode: parsed.on("test") ? "test" : "live",
    });
    if (!parsed.on("json")) context.terminal.note("Shown once; keep it now:\n");
    context.terminal.print(parsed.on("json") ? `${JSON.stringify(key)}\n` : `${key.key}\n`);
  });
}

function listKeys(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  return withOperator(context, async (operator) => {
    const { keys: items } = await operator.ask("GET", "/admin/keys");
    const columns = [
      "id",
      "name",
      "mode",
      "shown_as",
      "created_time",
      "last_used_time",
      "revoked_time",
    ];
    showListing(context, { items, columns, json: parsed.on("json") });
  });
}

function revokeKey(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  const id = parsed.words[1];
  if (id === undefined) throw usageError("keys revoke needs the id of a key; keys list shows them");
  return withOperator(context, async (operator) => {
    const answer = await operator.ask("DELETE", `/admin/keys/${encodeURIComponent(id)}`);
    context.terminal.print(parsed.on("json") ? `${JSON.stringify(answer)}\n` : `revoked ${id}\n`);
  });
}

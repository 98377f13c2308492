import type { Command } from "./command.ts";
import { showListing, withOperator } from "./listing.ts";
import { parseWords } from "./usage.ts";

/** `vidgo models`: lists the models, or shows one with its schema. */
export const models: Command = {
  name: "models",
  summary: "List the models, or show one with its inputs and price",
  usage: "models [<id>] [--json]",
  async run(context) {
    const parsed = parseWords(context.words, { json: "switch" });
    const id = parsed.words[0];
    return withOperator(context, async (operator) => {
      if (id !== undefined) {
        const model = await operator.ask("GET", `/api/models/${id}`);
        context.terminal.print(`${JSON.stringify(model, null, parsed.on("json") ? 0 : 2)}\n`);
        return;
      }
      const { models: items } = await operator.ask("GET", "/api/models");
      const columns = ["id", "media", "summary"];
      showListing(context, { items, columns, json: parsed.on("json") });
    });
  },
};

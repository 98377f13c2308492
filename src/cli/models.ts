import type { JsonObject } from "../lib/json.ts";
import { isJsonObject } from "../lib/json.ts";
import type { Command, CommandContext, ExitCode } from "./command.ts";
import { cellOf, showListing, tableOf } from "./listing.ts";
import { formatFacts } from "./table.ts";
import { withOperator } from "./with-operator.ts";
import { expectWords, type Parsed, parseWords } from "./words.ts";

/** `vidgo models`: lists the models, or shows one with its schema. */
export const models: Command = {
  name: "models",
  summary: "List the models, or show one with its inputs and price",
  usage: ["models [--json]", "models <id> [--json]"],
  winds: false,
  async run(context) {
    const parsed = parseWords(context.words, { json: "switch" });
    expectWords(parsed, 1);
    const id = parsed.words[0];
    return id === undefined ? listModels(context, parsed) : showModel(context, parsed, id);
  },
};

function listModels(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  return withOperator(context, "any", async (operator) => {
    const { models: items } = await operator.ask("GET", "/api/models");
    const columns = ["id", "media", "summary"];
    showListing(context, { items, columns, json: parsed.on("json"), none: "There are no models" });
  });
}

function showModel(context: CommandContext, parsed: Parsed, id: string): Promise<ExitCode> {
  return withOperator(context, "any", async (operator) => {
    const model = await operator.ask("GET", `/api/models/${encodeURIComponent(id)}`);
    const { terminal } = context;
    terminal.print(parsed.on("json") ? `${JSON.stringify(model)}\n` : page(model, terminal.width));
  });
}

function page(model: JsonObject, width: number | null): string {
  const names = ["id", "media", "summary", "price", "providers", "deprecation"];
  const facts = names
    .filter((name) => model[name] !== null && model[name] !== undefined)
    .map((name): readonly [string, string] => [name, factOf(model[name])]);
  const inputs = inputsOf(model);
  const columns = ["input", "required", "accepted", "default"];
  return `${formatFacts(facts)}\n${tableOf(inputs, columns, width)}`;
}

function factOf(value: JsonObject[string]): string {
  return Array.isArray(value) ? value.map(cellOf).join(", ") : cellOf(value);
}

function inputsOf({ input_schema: schema }: JsonObject): readonly JsonObject[] {
  if (!isJsonObject(schema) || !isJsonObject(schema.properties)) return [];
  const { required } = schema;
  const isNeeded = (name: string): boolean => Array.isArray(required) && required.includes(name);
  return Object.entries(schema.properties).flatMap(([name, property]) =>
    isJsonObject(property)
      ? [
          {
            input: name,
            required: isNeeded(name) ? "yes" : null,
            accepted: acceptedBy(property),
            default: property.default,
          },
        ]
      : [],
  );
}

function acceptedBy(property: JsonObject): string {
  if (Array.isArray(property.enum)) return property.enum.map(cellOf).join(", ");
  const kind = property.format === "uri" ? "URL" : cellOf(property.type);
  const from = property.minimum ?? property.minLength ?? property.minItems;
  const to = property.maximum ?? property.maxLength ?? property.maxItems;
  const unit = property.maxLength === undefined ? "" : " signs";
  if (from === undefined && to === undefined) return kind;
  if (from === undefined) return `${kind}, at most ${cellOf(to)}${unit}`;
  return to === undefined
    ? `${kind}, at least ${cellOf(from)}${unit}`
    : `${kind}, ${cellOf(from)} to ${cellOf(to)}${unit}`;
}

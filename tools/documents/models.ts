import { createCatalogue } from "../../src/models/catalogue.ts";
import { fileLimitsOf, wordsOf } from "../../src/models/file-limits.ts";
import type { JsonSchema, Model, ModelMedia } from "../../src/models/model.ts";
import { NOT_BLANK } from "../../src/models/pieces.ts";
import { code, pageHead, table } from "./markdown.ts";

const TITLES: Readonly<Record<ModelMedia, string>> = {
  image: "Images",
  video: "Videos",
  music: "Music",
};

/** The page of all models: what each takes, its limits, defaults and price. */
export function modelsPage(): string {
  const { models } = createCatalogue();
  const parts = Object.entries(TITLES).map(([media, title]) => {
    const ours = models.filter((model) => model.media === media);
    return `\n## ${title}\n\n${ours.map(modelPart).join("\n\n")}`;
  });
  return [
    pageHead("Models", "src/models/"),
    `${models.length} models. Members of \`input\` that a model does not list are ignored. Prices`,
    "are in credits and are what a live key pays.",
    ...parts,
    "",
  ].join("\n");
}

function modelPart(model: Model): string {
  const required = new Set(list(model.input.required));
  const rows = Object.entries(record(model.input.properties)).map(([name, schema]) => {
    const field = record(schema);
    return [
      code(name) + (required.has(name) ? " (required)" : ""),
      accepted(field),
      field.default === undefined ? "" : code(JSON.stringify(field.default)),
      String(field.description ?? ""),
    ];
  });
  const price = model.price === null ? [] : [`Price: ${model.price.summary}.\n`];
  const warning = model.deprecation === null ? [] : [`**${model.deprecation}**\n`];
  return [
    `### ${model.id}\n`,
    `${model.summary}\n`,
    ...warning,
    ...price,
    table(["Member of `input`", "Accepts", "Default", "Meaning"], rows),
  ].join("\n");
}

/** What a schema accepts, in a few words. */
function accepted(schema: JsonSchema): string {
  const choices = list(schema.enum);
  if (choices.length > 0) return choices.map((each) => code(JSON.stringify(each))).join(", ");
  const either = list(schema.anyOf);
  if (either.length > 0) return either.map((each) => accepted(record(each))).join(", or ");
  const kind = String(schema.type ?? "any value");
  if (kind === "array") {
    const count = countOf(schema);
    return `list of ${accepted(record(schema.items))}${count === "" ? "" : `, ${count}`}`;
  }
  if (kind === "string") {
    return schema.format === "uri" ? addressOf(schema) : textOf(schema);
  }
  const limits = span(schema.minimum, schema.maximum);
  return limits === "" ? kind : `${kind}, ${limits}`;
}

function addressOf(schema: JsonSchema): string {
  const limits = fileLimitsOf(schema);
  return limits === null ? "URL" : `URL (${wordsOf(limits)})`;
}

function textOf(schema: JsonSchema): string {
  const saying = schema.pattern === NOT_BLANK;
  const length = span(saying ? undefined : schema.minLength, schema.maxLength);
  return `text${length === "" ? "" : ` of ${length} characters`}${saying ? ", not blank" : ""}`;
}

function countOf(schema: JsonSchema): string {
  return span(schema.minItems, schema.maxItems);
}

function span(min: unknown, max: unknown): string {
  if (min !== undefined && max !== undefined) return min === max ? `${min}` : `${min} to ${max}`;
  if (max !== undefined) return `up to ${max}`;
  return min === undefined ? "" : `at least ${min}`;
}

function record(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

import { createCatalogue } from "../../src/models/catalogue.ts";
import type { JsonSchema, Model, ModelMedia } from "../../src/models/model.ts";

/** Writes the types of the inputs of all models of a kind, for the client. */
export function inputTypes(media: ModelMedia): string {
  const models = createCatalogue().models.filter((model) => model.media === media);
  const name = `${media.charAt(0).toUpperCase()}${media.slice(1)}Inputs`;
  return [
    "// Made from the catalogue by npm run docs.",
    "",
    `/** The input of each ${media} model. */`,
    `export interface ${name} {`,
    ...models.map(member),
    "}",
    "",
  ].join("\n");
}

const COLUMNS = 100;

function member(model: Model): string {
  const head = `  readonly "${model.id}": {`;
  const parts = membersOf(model.input).map((part) => `${part};`);
  return [head, ...flow(parts), "  };"].join("\n");
}

/** Fills lines with members; one that is too long for a line is broken at its alternatives. */
function flow(parts: readonly string[]): readonly string[] {
  const lines: string[] = [];
  const words = parts.flatMap((part) => part.split(/(?<= \|) |(?<=;) /));
  let line = "   ";
  for (const word of words) {
    if (line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = "   ";
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

function membersOf(schema: JsonSchema): readonly string[] {
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const properties = isSchema(schema.properties) ? Object.entries(schema.properties) : [];
  return properties.map(([name, value]) => {
    const mark = required.includes(name) ? "" : "?";
    return `readonly ${name}${mark}: ${typeOf(isSchema(value) ? value : {})}`;
  });
}

function typeOf(schema: JsonSchema): string {
  // A member that may not be there.
  if (schema.not !== undefined) return "never";
  const choices = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (Array.isArray(choices)) return choices.map((choice) => JSON.stringify(choice)).join(" | ");
  if (Array.isArray(schema.anyOf)) {
    const types = schema.anyOf
      .filter(isSchema)
      .map((each) => typeOf({ ...schema, ...each, anyOf: undefined }));
    return [...new Set(types)].join(" | ");
  }
  if (Array.isArray(schema.type)) {
    return schema.type.map((type) => typeOf({ ...schema, type })).join(" | ");
  }
  switch (schema.type) {
    case "integer":
    case "number":
      return "number";
    case "string":
    case "boolean":
    case "null":
      return schema.type;
    case "array":
      return `readonly ${inArray(typeOf(isSchema(schema.items) ? schema.items : {}))}[]`;
    case "object":
      return `{ ${membersOf(schema).join("; ")} }`;
  }
  return "unknown";
}

function inArray(type: string): string {
  return /^[\w.]+$|^\{/.test(type) ? type : `(${type})`;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

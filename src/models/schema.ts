import { assert } from "../lib/assert.ts";
import { isJsonObject, type JsonObject } from "../lib/json.ts";
import type { JsonSchema } from "./model.ts";

/** Tells whether a value is a schema with keywords. */
export function isSchema(value: unknown): value is JsonSchema {
  return isJsonObject(value);
}

/** The members that a schema names, in its order; empty when it is not of an object. */
export function propertiesOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  const known = READ.get(schema);
  if (known !== undefined) return known;
  const named = isSchema(schema.properties) ? Object.entries(schema.properties) : [];
  const properties = Object.fromEntries(
    named.flatMap(([name, value]) => (isSchema(value) ? [[name, value]] : [])),
  );
  READ.set(schema, properties);
  return properties;
}

/** The defaults of a schema's members. */
export function defaultsOf(schema: JsonSchema): JsonObject {
  const known = DEFAULTS.get(schema);
  if (known !== undefined) return known;
  const named = Object.entries(propertiesOf(schema)).filter(
    ([, { default: value }]) => value !== undefined,
  );
  const defaults: unknown = Object.fromEntries(
    named.map(([name, { default: value }]) => [name, value]),
  );
  assert(isJsonObject(defaults), "Defaults are JSON");
  DEFAULTS.set(schema, defaults);
  return defaults;
}

const DEFAULTS = new WeakMap<JsonSchema, JsonObject>();

/** Schemas never change; every check of an input asks for the same members. */
const READ = new WeakMap<JsonSchema, Readonly<Record<string, JsonSchema>>>();

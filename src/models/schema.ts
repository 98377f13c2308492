import { isJsonObject } from "../lib/json.ts";
import type { JsonSchema } from "./model.ts";

/** Tells whether a value is a schema with keywords. */
export function isSchema(value: unknown): value is JsonSchema {
  return isJsonObject(value);
}

/** The members that a schema names, in its order; empty when it is not of an object. */
export function propertiesOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  if (!isSchema(schema.properties)) return {};
  return Object.fromEntries(
    Object.entries(schema.properties).flatMap(([name, value]) =>
      isSchema(value) ? [[name, value]] : [],
    ),
  );
}

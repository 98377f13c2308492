import type { ErrorObject } from "ajv/dist/2020.js";
import { isJsonObject } from "../lib/json.ts";
import type { Model, Refusal } from "./model.ts";
import { NOT_BLANK } from "./pieces.ts";
import { lengthOf } from "./reading.ts";
import { propertiesOf } from "./schema.ts";

/** Most characters of a caller's own text that a message repeats. */
export const ECHO_MAX = 40;

/** Turns a broken schema keyword into a sentence that names the field and what is accepted. */
export function explain(model: Model, error: ErrorObject | undefined): Refusal {
  if (error === undefined) return { field: "input", message: "input is not valid" };
  const field = fieldOf(error);
  const message = model.words?.[`${field} ${error.keyword}`] ?? sentence(model, field, error);
  const tooLong = error.keyword === "maxLength" && schemaOf(error).format !== "uri";
  return tooLong ? { field, message, code: "content_too_long" } : { field, message };
}

/** Writes a caller's value into a message, never more than {@link ECHO_MAX} characters of it. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value !== "string") return String(value);
  return JSON.stringify(clipped(value));
}

const ACCOUNTS: Readonly<Record<string, (field: string, error: ErrorObject) => string>> = {
  required: (field) => `${field} is required`,
  type: (field, error) => `${field} must be ${kindOf(error)} (got ${shown(error.data)})`,
  enum: (field, error) => `${field} must be ${kindOf(error)} (got ${shown(error.data)})`,
  format: address,
  pattern: (field, error) =>
    schemaOf(error).pattern === NOT_BLANK
      ? `${field} must not be blank`
      : `${field} has a form that is not accepted (got ${shown(error.data)})`,
  minLength: (field) => `${field} must not be empty`,
  maxLength: (field, error) =>
    `${field} must be ${limitOf(error)} characters or fewer (got ${sizeOf(error.data)})`,
  minimum: (field, error) => `${field} must be ${rangeOf(error)} (got ${shown(error.data)})`,
  maximum: (field, error) => `${field} must be ${rangeOf(error)} (got ${shown(error.data)})`,
  minItems: (field, error) => `${field} must have ${countOf(error)} (got ${sizeOf(error.data)})`,
  maxItems: (field, error) => `${field} must have ${countOf(error)} (got ${sizeOf(error.data)})`,
  anyOf: (field, error) => alternatives(field, error),
};

function sentence(model: Model, field: string, error: ErrorObject): string {
  if (error.keyword === "not") return `${field} is not supported for ${model.id}`;
  if (error.keyword === "additionalProperties") {
    return `${field} is not supported for ${model.id}; accepted: ${acceptedBy(error).join(", ")}`;
  }
  if (schemaOf(error).format === "uri" && error.keyword !== "type") return address(field, error);
  return ACCOUNTS[error.keyword]?.(field, error) ?? `${field} is not valid`;
}

/** `/multi_prompt/0` and a missing `duration` make `multi_prompt[0].duration`. */
function fieldOf(error: ErrorObject): string {
  const names = error.instancePath.split("/").slice(1).map(unescaped);
  const { missingProperty, additionalProperty } = error.params;
  const last = missingProperty ?? additionalProperty;
  if (typeof last === "string") names.push(clipped(last));
  const path = names.map((name) => (/^\d+$/.test(name) ? `[${name}]` : `.${name}`)).join("");
  return path === "" ? "input" : path.replace(/^\./, "");
}

function unescaped(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}

function address(field: string, error: ErrorObject): string {
  const wanted = "must be an http or https URL of at most 2048 characters without user name";
  // What stands before an @ may be a password, and messages end up in logs.
  const secret = String(error.data).includes("@");
  return `${field} ${wanted}${secret ? "" : ` (got ${shown(error.data)})`}`;
}

function kindOf(error: ErrorObject): string {
  const schema = schemaOf(error);
  if (Array.isArray(schema.enum)) return `one of: ${schema.enum.join(", ")}`;
  return KINDS[String(schema.type)] ?? `of type ${schema.type}`;
}

const KINDS: Readonly<Record<string, string>> = {
  string: "a string",
  integer: "an integer",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

function rangeOf(error: ErrorObject): string {
  const { minimum, maximum } = schemaOf(error);
  if (minimum === undefined) return `at most ${maximum}`;
  return maximum === undefined ? `at least ${minimum}` : `between ${minimum} and ${maximum}`;
}

function countOf(error: ErrorObject): string {
  const { minItems, maxItems } = schemaOf(error);
  if (minItems === maxItems) return `exactly ${items(minItems)}`;
  if (minItems === undefined) return `at most ${items(maxItems)}`;
  return maxItems === undefined
    ? `at least ${items(minItems)}`
    : `${minItems} to ${items(maxItems)}`;
}

function items(count: unknown): string {
  return count === 1 ? "1 item" : `${count} items`;
}

function alternatives(field: string, error: ErrorObject): string {
  const branches: unknown = schemaOf(error).anyOf;
  const names = Array.isArray(branches) ? branches.flatMap(requiredBy) : [];
  return names.length === 0
    ? `${field} is not valid (got ${shown(error.data)})`
    : `${names.join(" or ")} is required`;
}

function requiredBy(branch: unknown): readonly unknown[] {
  return isJsonObject(branch) && Array.isArray(branch.required) ? branch.required : [];
}

function acceptedBy(error: ErrorObject): readonly string[] {
  return Object.keys(propertiesOf(schemaOf(error)));
}

function schemaOf(error: ErrorObject): Readonly<Record<string, unknown>> {
  const schema: unknown = error.parentSchema;
  return isJsonObject(schema) ? schema : {};
}

function limitOf(error: ErrorObject): string {
  return String(error.params.limit);
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return typeof value === "string" ? lengthOf(value) : 0;
}

function clipped(text: string): string {
  return text.length > ECHO_MAX ? `${text.slice(0, ECHO_MAX)}…`.toWellFormed() : text;
}

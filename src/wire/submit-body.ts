import { GatewayError } from "../core/error.ts";
import { isJsonObject, type JsonObject } from "../lib/json.ts";

/** What a submit names, in our words. */
export interface SubmitFields {
  readonly model: string;
  readonly input: JsonObject;
  readonly callbackUrl: string | null;
  /** Names of the members beyond the documented three. */
  readonly unknown: readonly string[];
}

/** Longest model id that is looked up; the longest of the catalogue has 37 characters. */
const MODEL_LENGTH_MAX = 128;

const MEMBERS: ReadonlySet<string> = new Set(["model", "input", "callback_url"]);

/**
 * Reads the body of a submit or a quote. An absent or null `input` is an empty one, so that the
 * model's own rules say what is missing.
 * @throws {GatewayError} `invalid_request`, naming the member.
 */
export function readSubmitBody(body: unknown): SubmitFields {
  if (body === undefined) throw refusal("Body is empty; expected a JSON object");
  if (!isJsonObject(body)) throw refusal(`Body is ${kindOf(body)}; expected a JSON object`);
  return {
    model: readModel(body.model),
    input: readInput(body.input),
    callbackUrl: readCallbackUrl(body.callback_url),
    unknown: Object.keys(body).filter((name) => !MEMBERS.has(name)),
  };
}

function readModel(model: unknown): string {
  if (model === undefined || model === null || model === "") throw refusal("model is required");
  if (typeof model !== "string") {
    throw refusal(`model is ${kindOf(model)}; expected the id of a model as a string`);
  }
  if (model.length > MODEL_LENGTH_MAX) {
    throw refusal(`model is longer than ${MODEL_LENGTH_MAX} characters; expected a model's id`);
  }
  return model;
}

function readInput(input: unknown): JsonObject {
  if (input === undefined || input === null) return {};
  if (isJsonObject(input)) return input;
  throw refusal(`input is ${kindOf(input)}; expected an object with the model's parameters`);
}

function readCallbackUrl(url: unknown): string | null {
  if (url === undefined || url === null) return null;
  if (typeof url === "string") return url;
  throw refusal(`callback_url is ${kindOf(url)}; expected an http or https URL, or null`);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function refusal(message: string): GatewayError {
  return new GatewayError("invalid_request", message);
}

import { type Json, type JsonObject, parseJson } from "../lib/json.ts";
import { type Parsed, usageError } from "./words.ts";

/**
 * Reads the body of a submit from the words of `vidgo generate`.
 * @throws {GatewayError} `invalid_request` naming the word that is missing or cannot be read.
 */
export function readRequest(parsed: Parsed): JsonObject {
  const [prompt, ...rest] = parsed.words;
  const model = parsed.text("model");
  if (model === null) throw usageError("--model is missing; vidgo models lists them");
  if (rest.length > 0) throw usageError("the prompt is one argument; put it in quotes");
  const pairs = parsed.list("input").map(readPair);
  const given = Object.fromEntries(pairs);
  const twice = pairs.find(([name], position) => pairs.findIndex(([n]) => n === name) < position);
  if (twice !== undefined) throw usageError(`--input ${twice[0]} is given twice; once is enough`);
  if (prompt !== undefined && "prompt" in given) {
    throw usageError("the prompt is given twice: as a word and as --input prompt");
  }
  return { model, input: { ...(prompt === undefined ? {} : { prompt }), ...given } };
}

/** `duration=6` is a number, `sound=true` a boolean, anything that is not JSON is text. */
function readPair(text: string): readonly [string, Json] {
  const at = text.indexOf("=");
  if (at < 1) throw usageError(`--input ${text} has no value; write --input name=value`);
  const value = text.slice(at + 1);
  const json = parseJson(value);
  return [text.slice(0, at), json === undefined ? value : json];
}

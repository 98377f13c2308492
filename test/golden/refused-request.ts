import type { JsonObject } from "../../src/lib/json.ts";

/** A request that is refused, and how. */
export interface RefusedRequest {
  /** The rule of the catalogue that speaks, or `schema`. */
  readonly rule: string;
  readonly model: string;
  readonly input: JsonObject;
  readonly status: 400 | 413;
  /** `error.type` of the answer. */
  readonly type: "validation_error" | "content_too_long_error" | "payload_too_large";
  /** The whole message, word for word. */
  readonly message: string;
}

/** A picture, a clip and a sound; nothing answers there. */
export const PICTURE = "https://media.example.com/picture.jpg";
export const CLIP = "https://media.example.com/clip.mp4";
export const SOUND = "https://media.example.com/sound.mp3";

/** `count` times the same address. */
export function many(address: string, count: number): string[] {
  return Array.from({ length: count }, () => address);
}

/** A row that is answered with 400. */
export function refused(
  rule: string,
  [model, input]: readonly [model: string, input: JsonObject],
  message: string,
): RefusedRequest {
  return { rule, model, input, status: 400, type: "validation_error", message };
}

/** A row about a text that is too long. */
export function tooLong(
  rule: string,
  request: readonly [model: string, input: JsonObject],
  message: string,
): RefusedRequest {
  return { ...refused(rule, request, message), type: "content_too_long_error" };
}

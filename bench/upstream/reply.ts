import type { Call } from "./world.ts";

/** Any object read from JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/** Answers with JSON. */
export function sendJson(call: Call, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  call.response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  call.response.end(text);
}

/** Adds headers to the answer that follows. */
export function addHeaders(call: Call, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) call.response.setHeader(name, value);
}

/** Asks to come again later, or does not say when. */
export function addRetryAfter(call: Call, seconds: number | null): void {
  if (seconds !== null) addHeaders(call, { "retry-after": String(seconds) });
}

/** Answers with bytes. */
export function sendBytes(call: Call, type: string, bytes: Buffer): void {
  call.response.writeHead(200, { "content-type": type, "content-length": bytes.length });
  call.response.end(bytes);
}

/** Reads the body as a JSON object; an empty one when it is none. */
export function readFields(body: Buffer): Fields {
  return asFields(parse(body.toString("utf8")));
}

/** The value as an object; an empty one when it is none. */
export function asFields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** The text of a member, `""` when it is absent or no text. */
export function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : "";
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

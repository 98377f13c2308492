import { GatewayError } from "../core/error.ts";

/** A place in a list that is sorted by time and id. */
export interface Place {
  readonly createdAtMs: number;
  readonly id: string;
}

/** Writes a place so that it can stand in a URL. */
export function writeCursor({ createdAtMs, id }: Place): string {
  return Buffer.from(`${createdAtMs} ${id}`).toString("base64url");
}

/**
 * Reads what {@link writeCursor} wrote; `null` for an absent one.
 * @throws {GatewayError} `invalid_request`.
 */
export function readCursor(text: string | undefined, name = "cursor"): Place | null {
  if (text === undefined) return null;
  const match = /^(\d{1,15}) ([\w.:-]{1,128})$/.exec(Buffer.from(text, "base64url").toString());
  if (match === null) {
    throw new GatewayError("invalid_request", `${name} is not one that an earlier answer gave`);
  }
  return { createdAtMs: Number(match[1]), id: match[2] ?? "" };
}

/**
 * Reads how many items a page shall have.
 * @throws {GatewayError} `invalid_request`.
 */
export function readLimit(
  text: string | undefined,
  range: { readonly usual: number; readonly max: number },
): number {
  if (text === undefined) return range.usual;
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= range.max) return limit;
  throw new GatewayError("invalid_request", `limit must be a whole number from 1 to ${range.max}`);
}

import type { ByteRange } from "../files/file-store.ts";

/** What a `Range` header asks of a body of a known size. */
export type RangeVerdict =
  /** No range, several, or one that is not understood: the whole body answers it. */
  | { readonly kind: "whole" }
  | { readonly kind: "part"; readonly range: ByteRange }
  /** Nothing of the body lies in it: 416. */
  | { readonly kind: "unsatisfiable" };

const WHOLE: RangeVerdict = { kind: "whole" };

/**
 * Reads a `Range` header. Only one range of bytes is served: many small ones cost more than the
 * whole body, which RFC 9110 allows to send instead.
 */
export function readRange(header: string | undefined, sizeBytes: number): RangeVerdict {
  const match = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? "");
  if (match === null) return WHOLE;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return WHOLE;
  if (first === "") return suffix(Number(last), sizeBytes);
  const start = Number(first);
  const end = last === "" ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== "" && Number(last) < start) return WHOLE;
  if (start >= sizeBytes) return { kind: "unsatisfiable" };
  return { kind: "part", range: { start, end } };
}

function suffix(lengthBytes: number, sizeBytes: number): RangeVerdict {
  if (lengthBytes === 0 || sizeBytes === 0) return { kind: "unsatisfiable" };
  const start = Math.max(0, sizeBytes - lengthBytes);
  return { kind: "part", range: { start, end: sizeBytes - 1 } };
}

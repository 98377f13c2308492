import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

/**
 * Undoes the one compression that a server used although it was asked for none. Gives `null` for a
 * coding that is unknown, stacked or broken, and for more than `bytesMax` bytes.
 */
export function decodeBody(
  body: Uint8Array,
  coding: string | null,
  bytesMax: number,
): Uint8Array | null {
  const name = (coding ?? "").trim().toLowerCase();
  if (name === "" || name === "identity") return body;
  const decode = DECODERS[name];
  if (decode === undefined) return null;
  try {
    return decode(body, { maxOutputLength: bytesMax });
  } catch {
    return null;
  }
}

type Decoder = (body: Uint8Array, limits: { readonly maxOutputLength: number }) => Uint8Array;

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: gunzipSync,
  "x-gzip": gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

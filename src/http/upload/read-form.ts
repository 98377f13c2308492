import type { Readable } from "node:stream";
import type { BusboyInstance } from "@fastify/busboy";
import type { FastifyRequest } from "fastify";
import { GatewayError } from "../../core/error.ts";
import type { UploadFields } from "./upload-fields.ts";

/** A form whose file was taken while it came in. */
export interface ReadForm<File> {
  readonly file: File;
  readonly fileName: string;
  readonly fields: UploadFields;
}

const LIMITS = { fields: 16, parts: 20, fieldSize: 4096, headerPairs: 32 } as const;

/**
 * Reads a multipart form and hands the bytes of its part `file` to `take`; `null` when there is
 * none. Files under other names are passed over.
 * @throws {GatewayError} 400 when it is no form or has several; what `take` throws.
 */
export async function readForm<File>(
  request: FastifyRequest,
  take: (bytes: AsyncIterable<Uint8Array>) => Promise<File>,
): Promise<ReadForm<File> | null> {
  const parser = await openParser(request);
  const source = request.raw;
  const fields = new Map<string, string>();
  const ended = Promise.withResolvers<ReadForm<File> | null>();
  let file: TakenFile<File> | null = null;
  let isBroken = false;

  // The source is not destroyed: the answer goes out on the same socket.
  const fail = (error: unknown): void => {
    source.unpipe(parser);
    source.resume();
    file?.bytes.destroy(BROKEN);
    ended.reject(isBroken ? BROKEN : error);
  };
  const breakOff = (): void => {
    isBroken = true;
    fail(BROKEN);
  };
  parser.on("field", (name, value) => void fields.set(name, value));
  parser.on("file", (part, bytes, name) => {
    bytes.on("error", breakOff);
    if (part !== "file") return void bytes.resume();
    if (file !== null) {
      bytes.resume();
      return fail(SEVERAL);
    }
    // Who stops reading has a reason of his own, which must not look like a broken form.
    const taken = take(bytes.iterator({ destroyOnReturn: false }));
    file = { bytes, name: name ?? "", taken };
    taken.then(null, fail);
  });
  parser.on("error", breakOff);
  parser.on("finish", () => {
    if (file === null) return ended.resolve(null);
    const { name: fileName, taken } = file;
    taken.then(
      (value) => ended.resolve({ file: value, fileName, fields: Object.fromEntries(fields) }),
      fail,
    );
  });
  source.on("close", () => {
    if (!source.complete) breakOff();
  });
  source.pipe(parser);
  return ended.promise;
}

interface TakenFile<File> {
  readonly bytes: Readable;
  readonly name: string;
  readonly taken: Promise<File>;
}

const SEVERAL = new GatewayError(
  "invalid_request",
  "One file per request; the form has several parts named file",
);
const BROKEN = new GatewayError("invalid_request", "Body is not a whole multipart form");

async function openParser(request: FastifyRequest): Promise<BusboyInstance> {
  // Loaded with the first form: most gateways never see one.
  const { Busboy } = await import("@fastify/busboy");
  const type = request.headers["content-type"] ?? "";
  if (!/boundary=(?:"[^"]+"|[^;\s"]+)/i.test(type)) {
    throw new GatewayError("invalid_request", "Content-Type names no boundary");
  }
  return new Busboy({ headers: { ...request.headers, "content-type": type }, limits: LIMITS });
}

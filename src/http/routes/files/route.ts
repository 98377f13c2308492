import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import type { FileRow } from "../../../core/file.ts";
import type { ByteRange } from "../../../files/file-store.ts";
import { readRange } from "../../byte-range.ts";
import { matchesEtag } from "../../conditional.ts";
import type { HttpServices } from "../../services.ts";

/**
 * `GET` and `HEAD /files/:name`: the bytes of a file. The name is the capability: it needs no key,
 * and one that is sent along is not looked at.
 */
export function addFiles(app: FastifyInstance, services: HttpServices): void {
  app.route<{ Params: { name: string } }>({
    method: ["GET", "HEAD"],
    url: "/files/:name",
    handler: async (request, reply) => {
      const file = await findFile(request.params.name, services);
      if (matchesEtag(request.headers["if-none-match"], etagOf(file))) {
        return reply.headers(fileHeaders(file, services.clock.nowMs())).code(304).send();
      }
      return sendBytes(request, reply, { file, services });
    },
  });
}

async function findFile(name: string, services: HttpServices): Promise<FileRow> {
  const fileId = services.links.parse(name);
  const file = fileId === null ? null : await services.store.files.find(fileId);
  if (file === null) throw new GatewayError("not_found", "File not found");
  const over = file.deletedAtMs !== null || file.expiresAtMs <= services.clock.nowMs();
  if (over) throw gone();
  return file;
}

async function sendBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  subject: { readonly file: FileRow; readonly services: HttpServices },
): Promise<FastifyReply> {
  const { file, services } = subject;
  // If-Range: a part is only worth something when it belongs to the bytes that the client has.
  const asked = isSameBytes(request.headers["if-range"], file) ? request.headers.range : undefined;
  const verdict = readRange(asked, file.sizeBytes);
  if (verdict.kind === "unsatisfiable") throw unsatisfiable(file);
  const range = verdict.kind === "part" ? verdict.range : { start: 0, end: file.sizeBytes - 1 };
  const bytes = request.method === "HEAD" ? null : await open(file, range, services);
  // Headers come last: an error above must not carry those of the file.
  reply.headers(fileHeaders(file, services.clock.nowMs()));
  reply.header("content-length", String(range.end - range.start + 1));
  if (verdict.kind === "part") {
    reply.code(206).header("content-range", `bytes ${range.start}-${range.end}/${file.sizeBytes}`);
  }
  return reply.send(bytes ?? undefined);
}

async function open(file: FileRow, range: ByteRange, services: HttpServices): Promise<Readable> {
  const bytes = await services.files.open(file.storageKey, range);
  if (bytes === null) throw gone();
  return bytes instanceof Readable ? bytes : Readable.from(bytes, { objectMode: false });
}

/** Types that a browser may show. Anything else is downloaded, whatever it claims to be. */
const SHOWN_TYPES: ReadonlySet<string> = new Set([
  "image/png",
  "image/jpeg",
  "image/webp",
  "image/gif",
  "image/avif",
  "video/mp4",
  "video/webm",
  "video/quicktime",
  "audio/mpeg",
  "audio/wav",
  "audio/flac",
  "audio/ogg",
  "audio/mp4",
  "application/json",
]);

/** Lets a browser show the file alone and run nothing: its own viewer needs the last three. */
const FILE_POLICY = [
  "sandbox",
  "default-src 'none'",
  "frame-ancestors 'none'",
  "img-src 'self'",
  "media-src 'self'",
  "style-src 'unsafe-inline'",
].join("; ");

function fileHeaders(file: FileRow, nowMs: number): Readonly<Record<string, string>> {
  const shown = SHOWN_TYPES.has(file.mediaType);
  const manner = shown ? "inline" : "attachment";
  const restS = Math.max(0, Math.floor((file.expiresAtMs - nowMs) / 1000));
  return {
    "content-type": shown ? file.mediaType : "application/octet-stream",
    "content-disposition": `${manner}; filename="${file.id}.${file.extension}"`,
    "accept-ranges": "bytes",
    etag: etagOf(file),
    "last-modified": new Date(file.createdAtMs).toUTCString(),
    "cache-control": `private, max-age=${restS}`,
    "content-security-policy": FILE_POLICY,
    "cross-origin-resource-policy": "cross-origin",
    "x-robots-tag": "noindex",
  };
}

function isSameBytes(ifRange: string | string[] | undefined, file: FileRow): boolean {
  if (typeof ifRange !== "string") return true;
  if (ifRange.includes('"')) return ifRange === etagOf(file);
  return ifRange === new Date(file.createdAtMs).toUTCString();
}

function etagOf(file: FileRow): string {
  return `"${file.sha256}"`;
}

function gone(): GatewayError {
  return new GatewayError("gone", "File is gone: its time has ended, or it was deleted");
}

function unsatisfiable(file: FileRow): GatewayError {
  return new GatewayError("range_not_satisfiable", `Range lies beyond ${file.sizeBytes} bytes`, {
    headers: { "content-range": `bytes */${file.sizeBytes}` },
  });
}

import { createReadStream } from "node:fs";
import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import type { FileRow } from "../../../core/file.ts";
import { statRegular } from "../../../lib/disk.ts";
import { matchesEtag } from "../../conditional.ts";
import type { HttpServices } from "../../services.ts";

/**
 * `GET /previews/:name`: a small picture of a file, or the loudness of a sound, made when it is
 * first asked for. The name is the capability, and ends with its file.
 */
export function addPreviews(app: FastifyInstance, services: HttpServices): void {
  app.get<{ Params: { name: string } }>("/previews/:name", async (request, reply) => {
    const asked = services.links.parsePreview(request.params.name);
    if (asked === null) throw notFound();
    const file = await findFile(asked.fileId, services);
    const etag = `"${file.sha256.slice(0, 32)}-${asked.view}"`;
    const headers = headersOf(file, { etag, nowMs: services.clock.nowMs() });
    if (matchesEtag(request.headers["if-none-match"], etag)) {
      return reply.headers(headers).code(304).send();
    }
    const path = await services.previews.pathOf(file, asked.view);
    const found = path === null ? null : await statRegular(path);
    if (path === null || found === null) throw notFound();
    reply.headers(headers).header("content-length", String(found.sizeBytes));
    const isSound = asked.view === "peaks";
    reply.type(isSound ? "application/json; charset=utf-8" : "image/webp");
    return reply.send(createReadStream(path));
  });
}

async function findFile(fileId: string, { store, clock }: HttpServices): Promise<FileRow> {
  const file = await store.files.find(fileId);
  if (file === null) throw notFound();
  if (file.deletedAtMs === null && file.expiresAtMs > clock.nowMs()) return file;
  throw new GatewayError("gone", "File is gone: its time has ended, or it was deleted");
}

const DAY_S = 86_400;

function headersOf(
  file: FileRow,
  { etag, nowMs }: { readonly etag: string; readonly nowMs: number },
): Readonly<Record<string, string>> {
  const restS = Math.max(0, Math.floor((file.expiresAtMs - nowMs) / 1000));
  return {
    etag,
    "cache-control": `private, max-age=${Math.min(restS, DAY_S)}`,
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "cross-origin",
    "x-robots-tag": "noindex",
  };
}

function notFound(): GatewayError {
  return new GatewayError("not_found", "No preview has this name, or none can be made of the file");
}

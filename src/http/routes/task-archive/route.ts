import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import type { FileRow } from "../../../core/file.ts";
import { ZIP_BYTES_MAX, type ZipEntry, zip, zipSize } from "../../../lib/zip.ts";
import type { TaskLine } from "../../../store/view-store.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { readQuery } from "../../query.ts";
import type { HttpServices } from "../../services.ts";
import { isTaskId, taskNotFound } from "../../task-id.ts";

const TASKS_MAX = 100;

/** `GET /api/tasks/archive`: the files of some tasks that still live, streamed as one zip. */
export function addTaskArchive(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  const { store, clock } = services;
  app.get("/api/tasks/archive", { onRequest: guard }, async (request, reply) => {
    const ids = readIds(readQuery(request, ["task_id"]).task_id);
    const { projectId } = callerOf(request);
    const lines = await store.views.tasks({ projectId, ids, limit: TASKS_MAX });
    if (lines.length < ids.length) throw taskNotFound();
    const entries = await livingEntries(lines, services);
    if (entries.length === 0) throw new GatewayError("gone", "Files of these tasks are gone");
    const size = zipSize(entries);
    if (size > ZIP_BYTES_MAX) {
      throw new GatewayError(
        "invalid_request",
        "task_id names files of more than 4 GB; name fewer",
      );
    }
    const day = new Date(clock.nowMs()).toISOString().slice(0, 10);
    reply.header("content-length", String(size));
    reply.header("content-disposition", `attachment; filename="vidgo-${day}.zip"`);
    return reply.type("application/zip").send(Readable.from(zip(entries), { objectMode: false }));
  });
}

function readIds(text: string | undefined): readonly string[] {
  const ids = [...new Set(text?.split(",") ?? [])];
  if (ids.length > 0 && ids.length <= TASKS_MAX && ids.every(isTaskId)) return ids;
  throw new GatewayError(
    "invalid_request",
    `task_id must be 1 to ${TASKS_MAX} ids of tasks with commas between them`,
  );
}

/** What lives, by its row and on the disk: a file that is missing must not break what follows. */
async function livingEntries(
  lines: readonly TaskLine[],
  { files, clock }: HttpServices,
): Promise<readonly ZipEntry[]> {
  const nowMs = clock.nowMs();
  const entries: ZipEntry[] = [];
  for (const line of lines) {
    for (const [index, file] of line.files.entries()) {
      const isOver = file.deletedAtMs !== null || file.expiresAtMs <= nowMs;
      if (isOver || (await files.size(file.storageKey)) !== file.sizeBytes) continue;
      entries.push({
        name: nameOf(line, file, index),
        sizeBytes: file.sizeBytes,
        modifiedAtMs: file.createdAtMs,
        open: () => bytesOf(file, files),
      });
    }
  }
  return entries;
}

async function* bytesOf(file: FileRow, files: HttpServices["files"]): AsyncGenerator<Uint8Array> {
  const bytes = await files.open(file.storageKey);
  if (bytes === null) throw new GatewayError("gone", "File is gone while it was packed");
  yield* bytes;
}

/** `2026-11-20-a-red-fox-in-the-snow-1r6y2z4b-1.png`: letters, digits and hyphens only. */
function nameOf({ task, prompt }: TaskLine, file: FileRow, index: number): string {
  const day = new Date(task.createdAtMs).toISOString().slice(0, 10);
  const said = (prompt === "" ? task.model : prompt).toWellFormed().toLowerCase();
  const words = said.replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  const short = [...words].slice(0, NAME_LENGTH_MAX).join("").replace(/-+$/, "");
  const end = `${task.id.slice(-8)}-${index + 1}.${file.extension}`;
  return [day, short, end].filter((part) => part !== "").join("-");
}

const NAME_LENGTH_MAX = 48;

import type { FileRow } from "../core/file.ts";
import { makeId } from "../core/id.ts";
import type { Artifact, Production, UpstreamError } from "../core/outcome.ts";
import { present } from "../lib/assert.ts";
import type { Claim } from "../store/store.ts";
import type { EngineContext, KeptFile } from "./context.ts";
import { routeInUse } from "./provider-context.ts";

/** The files of a finished task, or what stands in the way. */
export type Collection =
  | { readonly kind: "collected"; readonly files: readonly KeptFile[] }
  | { readonly kind: "not-collected"; readonly error: UpstreamError };

/**
 * Copies every artifact into our file store: results are announced only then. Words become a file
 * too, behind the artifacts, so that no finished task is without one.
 */
export async function collect(
  context: EngineContext,
  claim: Claim,
  signal: AbortSignal,
): Promise<Collection> {
  const { artifacts, outputs } = present(claim.attempt?.production, "production");
  const files: KeptFile[] = [];
  for (const [position, artifact] of artifacts.entries()) {
    const outcome = await keep(context, claim, { artifact, position, signal });
    if (outcome.kind === "failed") return { kind: "not-collected", error: outcome.error };
    files.push(outcome.file);
  }
  for (const output of outputs) {
    if (output.kind !== "text") continue;
    const { fields } = output;
    const wish = { fields, folder: folderOf(claim), position: files.length };
    files.push(await context.wayOut.keepText(wish));
  }
  return { kind: "collected", files };
}

/** The start of the storage keys of an attempt's results. */
function folderOf({ task, attempt }: Claim): string {
  return `${task.projectId}/${task.id}/${present(attempt, "attempt").id}`;
}

function keep(
  context: EngineContext,
  claim: Claim,
  wish: { readonly artifact: Artifact; readonly position: number; readonly signal: AbortSignal },
): ReturnType<EngineContext["wayOut"]["keep"]> {
  const { artifact, position, signal } = wish;
  const route = routeInUse(context, claim, signal);
  const { source } = artifact;
  const open =
    source.kind === "upstream" && route?.provider.open !== undefined
      ? route.provider.open.bind(route.provider, source.ref, route.context)
      : null;
  const { loopback } = claim;
  return context.wayOut.keep(
    { artifact, folder: folderOf(claim), position, loopback, open },
    signal,
  );
}

/** Makes the rows of a finished task's files. */
export function fileRows(
  context: EngineContext,
  claim: Claim,
  files: readonly KeptFile[],
): readonly FileRow[] {
  const nowMs = context.clock.nowMs();
  return files.map((file, position) => ({
    ...file,
    id: makeId("file", context.random),
    projectId: claim.task.projectId,
    taskId: claim.task.id,
    position,
    createdAtMs: nowMs,
    expiresAtMs: nowMs + context.settings.fileLifeMs,
    deletedAtMs: null,
  }));
}

/** What a customer pays for a production: the hold, less the share of pictures that are missing. */
export function chargeFor(claim: Claim, production: Production): number {
  const asked = claim.task.input.n;
  const made = production.outputs.filter(({ kind }) => kind === "media").length;
  if (typeof asked !== "number" || made === 0 || made >= asked) return claim.task.hold;
  return Math.ceil((claim.task.hold * made) / asked);
}

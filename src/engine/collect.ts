import type { FileRow, KeptFile } from "../core/file.ts";
import { makeId } from "../core/id.ts";
import type { Happening } from "../core/move.ts";
import type { Artifact, Production, UpstreamError } from "../core/outcome.ts";
import { present } from "../lib/assert.ts";
import type { Claim } from "../store/store.ts";
import type { EngineContext } from "./context.ts";
import { insist } from "./insist.ts";
import type { HeldLease } from "./lease.ts";
import { routeInUse } from "./provider-context.ts";
import { agreeOnLengths, type MadeSongs } from "./song-lengths.ts";

/** How far it came. */
export type Collection = Extract<Happening, { kind: "collected" | "not-collected" }>;

/**
 * Copies every artifact into our file store: results are announced only then. One that cannot be
 * had keeps none of the others from being ours, and those are not brought again.
 */
export async function collect(
  context: EngineContext,
  claim: Claim,
  lease: HeldLease,
): Promise<Collection> {
  const { signal } = lease;
  const made = present(claim.attempt?.production, "production");
  const artifacts: Artifact[] = [];
  const errors: UpstreamError[] = [];
  await using cutShort = new AsyncDisposableStack();
  cutShort.defer(() => {
    const rest = made.artifacts.slice(artifacts.length);
    const production = { ...made, artifacts: [...artifacts, ...rest] };
    return insist(context, lease, () => note(context, claim, production)).then(drop, drop);
  });
  for (const [position, artifact] of made.artifacts.entries()) {
    const outcome = await keep(context, claim, { artifact, position, signal });
    const { kept: _, ...bare } = artifact;
    artifacts.push(outcome.kind === "kept" ? { ...bare, kept: outcome.file } : bare);
    if (outcome.kind === "failed") errors.push(outcome.error);
  }
  cutShort.move();
  const production = { ...made, artifacts };
  if (errors.length > 0) return { kind: "not-collected", production, errors };
  return { kind: "collected", production };
}

/**
 * Writes down what is ours when a trouble of our own keeps the rest from being copied now. Where it
 * keeps that from being written, too, for as long as is insisted, it is brought again.
 */
async function note(context: EngineContext, claim: Claim, production: Production): Promise<void> {
  if (!production.artifacts.some(({ kept }) => kept !== undefined)) return;
  const nowMs = context.clock.nowMs();
  const kept = { nowMs, dueAtMs: nowMs + context.settings.leaseMs, keepLease: true } as const;
  const attempt = {
    id: present(claim.attempt, "attempt").id,
    state: "produced",
    production,
  } as const;
  const { fence, task } = claim;
  const step = { taskId: task.id, fence, stage: "collecting", attempt, ...kept } as const;
  await context.store.tasks.recordStep(step);
}

/** The trouble that cut the copying short is thrown, whatever comes of the note. */
function drop(): void {}

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

/**
 * What a finished task shows: its items and the rows of its files. Words become a file too, behind
 * the artifacts, so that no finished task is without one.
 */
export async function results(
  context: EngineContext,
  claim: Claim,
  { artifacts, outputs }: Production,
): Promise<MadeSongs> {
  const files = artifacts.map(({ kept }) => present(kept, "the copy of an artifact"));
  for (const output of outputs) {
    if (output.kind !== "text") continue;
    const wish = { fields: output.fields, folder: folderOf(claim), position: files.length };
    files.push(await context.wayOut.keepText(wish));
  }
  return agreeOnLengths({ outputs, files: fileRows(context, claim, files) });
}

function fileRows(
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

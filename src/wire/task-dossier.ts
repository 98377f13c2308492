import type { DeliveryView } from "../core/delivery.ts";
import type { FileRow } from "../core/file.ts";
import { exactCredits, type Millicredits } from "../core/money.ts";
import type { Creation } from "../core/outcome.ts";
import { isTerminal, type Task } from "../core/task.ts";
import { isJsonObject, type Json, type JsonObject } from "../lib/json.ts";
import { deliveryData } from "./delivery.ts";
import { detailFiles, type FileUrl } from "./outputs.ts";
import { pollAfterMs } from "./status.ts";
import { attemptData, type ShownAttempt } from "./task-attempt.ts";
import { type PictureUrls, type TaskItemView, taskItem } from "./task-item.ts";
import { timeOrNull, wireTime } from "./time.ts";
import { timeline } from "./timeline.ts";

/** All that is kept of a task. */
export interface DossierFacts {
  readonly task: Task;
  readonly keyName: string | null;
  readonly wipedAtMs: number | null;
  readonly isStarred: boolean;
  readonly files: readonly (FileRow & { readonly colour: string | null })[];
  readonly attempts: readonly ShownAttempt[];
  readonly deliveries: readonly DeliveryView[];
  readonly ledger: readonly LedgerFacts[];
  readonly creations: readonly Creation[];
}

/** A movement of credits. */
export interface LedgerFacts {
  readonly id: string;
  readonly taskId: string | null;
  readonly kind: "grant" | "hold" | "settle" | "release";
  readonly amount: Millicredits;
  readonly note: string;
  readonly createdAtMs: number;
}

/** What is known beside it. */
export interface DossierView extends TaskItemView {
  readonly fileUrl: FileUrl;
}

/** Writes a task with all that happened to it. */
export function dossierData(facts: DossierFacts, view: DossierView): JsonObject {
  const { task, attempts, deliveries, files } = facts;
  const isKept = facts.wipedAtMs === null;
  const { prompt: said = task.input.title } = task.input;
  const prompt = typeof said === "string" ? said : "";
  const item = taskItem({ ...facts, prompt }, view);
  const isFinished = task.stage === "finished";
  return {
    ...item,
    error_message: task.stage === "failed" ? task.errorMessage : null,
    key_name: facts.keyName,
    input: isKept ? task.input : null,
    callback_url: task.callbackUrl,
    cancel_time: timeOrNull(task.cancelAtMs),
    soft_limit_time: wireTime(task.softLimitAtMs),
    hard_limit_time: wireTime(task.hardLimitAtMs),
    wiped_time: timeOrNull(facts.wipedAtMs),
    substitute: substituteOf(task),
    poll_after_ms: isTerminal(task.stage) ? null : pollAfterMs(task, view.nowMs),
    routes: task.routes.map(({ provider, account, upstreamModel }) => ({
      provider,
      account: view.isOperator ? account : null,
      upstream_model: view.isOperator ? upstreamModel : null,
    })),
    money: moneyOf(task),
    seed: seedOf(facts),
    results: isFinished ? detailFiles({ outputs: task.outputs, files }, view.fileUrl) : [],
    files: files.map((file) => fileData(file, view)),
    attempts: attempts.map((attempt) => attemptData(attempt, view.isOperator)),
    events: timeline(task, attempts, deliveries).map((happening) => ({ ...happening })),
    deliveries: deliveries.map(deliveryData),
    ledger: facts.ledger.map(ledgerData),
    lineage: {
      sources: sourcesOf(task.input),
      creations: facts.creations.map(({ id, kind, file }) => ({ id, kind, file })),
    },
  };
}

/** Writes a movement of credits: what leaves the balance is below zero. */
export function ledgerData(entry: LedgerFacts): JsonObject {
  const leaves = entry.kind === "hold";
  return {
    ledger_id: entry.id,
    task_id: entry.taskId,
    kind: entry.kind,
    credits: exactCredits(entry.amount),
    // What is settled was held before: it moves nothing.
    change: entry.kind === "settle" ? "0" : exactCredits(leaves ? -entry.amount : entry.amount),
    note: entry.note,
    created_time: wireTime(entry.createdAtMs),
  };
}

/** Writes a file with all that is known of it; without links once its bytes are gone. */
export function fileData(
  file: DossierFacts["files"][number],
  view: Pick<DossierView, "fileUrl" | "nowMs" | "pictures">,
): JsonObject {
  const isGone = file.deletedAtMs !== null || file.expiresAtMs <= view.nowMs;
  const pictures: PictureUrls = isGone ? NO_PICTURES : view.pictures(file);
  return {
    file_id: file.id,
    position: file.position,
    file_url: isGone ? null : view.fileUrl(file),
    media_type: file.mediaType,
    size_bytes: file.sizeBytes,
    sha256: file.sha256,
    width: file.width,
    height: file.height,
    duration_s: file.durationS,
    colour: file.colour,
    thumb_url: pictures.small,
    poster_url: pictures.large,
    peaks_url: pictures.peaks,
    created_time: wireTime(file.createdAtMs),
    expires_time: wireTime(file.expiresAtMs),
    deleted_time: timeOrNull(file.deletedAtMs),
    gone: isGone,
  };
}

const NO_PICTURES: PictureUrls = { small: null, large: null, peaks: null };

function moneyOf(task: Task): JsonObject {
  const open = task.charged === null;
  return {
    held: exactCredits(task.hold),
    settled: open ? null : exactCredits(task.charged ?? 0),
    released: open ? null : exactCredits(task.hold - (task.charged ?? 0)),
  };
}

function seedOf({ task, attempts }: DossierFacts): number | null {
  const meta: Json = attempts.at(-1)?.production?.meta ?? null;
  const told = isJsonObject(meta) ? meta.seed : null;
  const seed = typeof told === "number" ? told : task.input.seed;
  return typeof seed === "number" ? seed : null;
}

function sourcesOf(input: JsonObject): readonly JsonObject[] {
  return (["task_id", "audio_id", "persona_id"] as const).flatMap((name) => {
    const id = input[name];
    return typeof id === "string" ? [{ kind: name.slice(0, -3), id }] : [];
  });
}

function substituteOf({ routes, routeIndex }: Task): string | null {
  const route = routes[routeIndex];
  return route?.substitute === true ? `${route.provider}/${route.upstreamModel}` : null;
}

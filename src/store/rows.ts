import type {
  DeliveryState,
  DeliveryTry,
  DeliveryView,
  DueDelivery,
  SecretTurn,
} from "../core/delivery.ts";
import { TASK_ERROR_CODES, type TaskErrorCode } from "../core/error.ts";
import type { FileRow } from "../core/file.ts";
import { type Mode, SCOPES } from "../core/key.ts";
import type { Creation, Output, Production } from "../core/outcome.ts";
import type { Attempt, AttemptState, Route, Task, TaskStage } from "../core/task.ts";
import { assert } from "../lib/assert.ts";
import type { Json, JsonObject } from "../lib/json.ts";
import { trustedJson } from "../lib/trusted-json.ts";
import type { AuditEntry, Endpoint, EventRow, WebhookSettings } from "./door-store.ts";
import type { KeyRow } from "./key-store.ts";
import type { TaskPulse } from "./store.ts";
import type { Row } from "./transaction.ts";
import type { LineTask } from "./view-store.ts";

/** Reads a task. */
export function toTask(row: Row): Task {
  return {
    ...toLineTask(row),
    input: trustedJson<JsonObject>(text(row, "input")),
    callbackUrl: textOrNull(row, "callback_url"),
    outputs: trustedJson<readonly Output[]>(text(row, "outputs")),
  };
}

/** Reads what a list shows of a task. */
export function toLineTask(row: Row): LineTask {
  return {
    id: text(row, "id"),
    projectId: text(row, "project_id"),
    keyId: textOrNull(row, "key_id"),
    mode: toMode(row),
    model: text(row, "model"),
    stage: toStage(row),
    progress: integer(row, "progress"),
    routes: trustedJson<readonly Route[]>(text(row, "routes")),
    routeIndex: integer(row, "route_index"),
    attempts: integer(row, "attempts"),
    hold: integer(row, "hold"),
    charged: integerOrNull(row, "charged"),
    errorCode: toErrorCode(row),
    errorMessage: textOrNull(row, "error_message"),
    cancelAtMs: integerOrNull(row, "cancel_at"),
    createdAtMs: integer(row, "created_at"),
    startedAtMs: integerOrNull(row, "started_at"),
    softLimitAtMs: integer(row, "soft_limit_at"),
    hardLimitAtMs: integer(row, "hard_limit_at"),
    finishedAtMs: integerOrNull(row, "finished_at"),
    expiresAtMs: integerOrNull(row, "expires_at"),
  };
}

/** Reads what of a task moves while it is open. */
export function toPulse(row: Row): TaskPulse {
  return {
    stage: toStage(row),
    progress: integer(row, "progress"),
    routeIndex: integer(row, "route_index"),
    startedAtMs: integerOrNull(row, "started_at"),
  };
}

/** Reads an attempt. */
export function toAttempt(row: Row): Attempt {
  return {
    id: text(row, "id"),
    taskId: text(row, "task_id"),
    number: integer(row, "number"),
    provider: text(row, "provider"),
    account: text(row, "account"),
    upstreamModel: text(row, "upstream_model"),
    state: oneOf(text(row, "state"), ATTEMPT_STATES),
    prepared: trustedJson<Json>(text(row, "prepared")),
    operation: trustedJson<Json>(text(row, "operation")),
    ...(integer(row, "contested") === 1 ? { contested: true } : {}),
    production: trustedJson<Production | null>(text(row, "production")),
    troubles: integer(row, "troubles"),
    errorCode: toErrorCode(row),
    errorMessage: textOrNull(row, "error_message"),
    intentAtMs: integer(row, "intent_at"),
    endedAtMs: integerOrNull(row, "ended_at"),
  };
}

/** Reads a file. */
export function toFile(row: Row): FileRow {
  return {
    id: text(row, "id"),
    projectId: text(row, "project_id"),
    taskId: textOrNull(row, "task_id"),
    position: integer(row, "position"),
    storageKey: text(row, "storage_key"),
    mediaType: text(row, "media_type"),
    extension: text(row, "extension"),
    sizeBytes: integer(row, "size_bytes"),
    sha256: text(row, "sha256"),
    width: integerOrNull(row, "width"),
    height: integerOrNull(row, "height"),
    durationS: integerOrNull(row, "duration_s"),
    createdAtMs: integer(row, "created_at"),
    expiresAtMs: integer(row, "expires_at"),
    deletedAtMs: integerOrNull(row, "deleted_at"),
  };
}

/** Reads a creation, without its file. */
export function toCreation(row: Row): Creation & {
  readonly taskId: string;
  readonly provider: string;
  readonly account: string;
} {
  return {
    id: text(row, "id"),
    kind: oneOf(text(row, "kind"), ["audio", "persona"] as const),
    file: integerOrNull(row, "position"),
    ref: trustedJson<Json>(text(row, "ref")),
    taskId: text(row, "task_id"),
    provider: text(row, "provider"),
    account: text(row, "account"),
  };
}

/** Reads a key. */
export function toKey(row: Row): KeyRow {
  return {
    id: text(row, "id"),
    projectId: text(row, "project_id"),
    name: text(row, "name"),
    mode: toMode(row),
    digest: text(row, "digest"),
    prefix: text(row, "prefix"),
    last4: text(row, "last4"),
    bootstrap: integer(row, "bootstrap") === 1,
    createdAtMs: integer(row, "created_at"),
    lastUsedAtMs: integerOrNull(row, "last_used_at"),
    revokedAtMs: integerOrNull(row, "revoked_at"),
    expiresAtMs: integerOrNull(row, "expires_at"),
    scopes: words(row, "scopes").map((word) => oneOf(word, SCOPES)),
    networks: words(row, "networks"),
    madeBy: textOrNull(row, "made_by"),
    replacedBy: textOrNull(row, "replaced_by"),
    requestsPerMinute: integerOrNull(row, "requests_per_minute"),
    spendPerDayMax: integerOrNull(row, "spend_day_max"),
    spendMax: integerOrNull(row, "spend_max"),
    spent: integer(row, "spent"),
  };
}

/** Reads a delivery joined with the body of its event and the settings of its project. */
export function toDueDelivery(row: Row): DueDelivery {
  return {
    id: text(row, "id"),
    eventId: text(row, "event_id"),
    projectId: text(row, "project_id"),
    taskId: text(row, "task_id"),
    url: text(row, "url"),
    loopbackAllowed: integer(row, "loopback") === 1,
    body: text(row, "body"),
    wrapped: integer(row, "wrapped") === 1,
    tries: integer(row, "tries"),
    roundFrom: integer(row, "round_from"),
    retry4xx: integer(row, "webhook_retry_4xx") === 1,
    secret: toSecretTurn(row),
    fence: integer(row, "fence"),
  };
}

/** Reads a delivery as its project sees it. */
export function toDelivery(row: Row, tries: readonly DeliveryTry[]): DeliveryView {
  return {
    id: text(row, "id"),
    eventId: text(row, "event_id"),
    taskId: text(row, "task_id"),
    url: text(row, "url"),
    state: oneOf(text(row, "state"), DELIVERY_STATES),
    reason: textOrNull(row, "reason"),
    dueAtMs: integerOrNull(row, "due_at"),
    createdAtMs: integer(row, "created_at"),
    tries,
  };
}

/** Reads how a project's callbacks are sent. */
export function toWebhookSettings(row: Row): WebhookSettings {
  return {
    body: oneOf(text(row, "webhook_body"), ["flat", "wrapped"] as const),
    retry4xx: integer(row, "webhook_retry_4xx") === 1,
    secret: toSecretTurn(row),
  };
}

function toSecretTurn(row: Row): SecretTurn {
  return {
    turn: integer(row, "webhook_turn"),
    turnedAtMs: integerOrNull(row, "webhook_turned_at"),
  };
}

/** Reads an endpoint. */
export function toEndpoint(row: Row): Endpoint {
  const reason = textOrNull(row, "reason");
  return {
    host: text(row, "host"),
    failingSinceMs: integerOrNull(row, "failing_since"),
    disabledAtMs: integerOrNull(row, "disabled_at"),
    reason: reason === null ? null : oneOf(reason, ["failing", "gone"] as const),
  };
}

/** Reads an event. */
export function toEvent(row: Row): EventRow {
  return {
    id: text(row, "id"),
    taskId: text(row, "task_id"),
    position: integer(row, "position"),
    body: text(row, "body"),
    createdAtMs: integer(row, "created_at"),
  };
}

/** Reads an entry of the audit log. */
export function toAudit(row: Row): AuditEntry {
  return {
    id: text(row, "id"),
    actor: text(row, "actor"),
    action: text(row, "action"),
    subject: text(row, "subject"),
    createdAtMs: integer(row, "created_at"),
  };
}

/** Reads a try. */
export function toTry(row: Row): DeliveryTry {
  return {
    id: text(row, "id"),
    deliveryId: text(row, "delivery_id"),
    number: integer(row, "number"),
    startedAtMs: integer(row, "started_at"),
    durationMs: integer(row, "duration_ms"),
    status: integerOrNull(row, "status"),
    errorClass: textOrNull(row, "error_class"),
    excerpt: text(row, "excerpt"),
  };
}

/** A column that holds text. */
export function text(row: Row, column: string): string {
  const value = row[column];
  assert(typeof value === "string", `Column ${column} does not hold text`);
  return value;
}

/** A column that holds a number. */
export function integer(row: Row, column: string): number {
  const value = row[column];
  assert(typeof value === "number", `Column ${column} does not hold a number`);
  return value;
}

/** A column that holds a number or nothing. */
export function integerOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column);
}

/** A column that holds text or nothing. */
export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

function words(row: Row, column: string): readonly string[] {
  return text(row, column)
    .split(" ")
    .filter((word) => word !== "");
}

/** Reads whether live or test. */
export function toMode(row: Row): Mode {
  return oneOf(text(row, "mode"), ["live", "test"] as const);
}

/** Reads where a task stands. */
export function toStage(row: Row): TaskStage {
  return oneOf(text(row, "stage"), TASK_STAGES);
}

function toErrorCode(row: Row): TaskErrorCode | null {
  const code = textOrNull(row, "error_code");
  return code === null ? null : oneOf(code, TASK_ERROR_CODES);
}

/** The word of a closed list that a text is. */
export function oneOf<const Word extends string>(word: string, words: readonly Word[]): Word {
  const found = words.find((known) => known === word);
  assert(found !== undefined, `Unknown word in the database: ${word}`);
  return found;
}

/** Every stage; the schema allows no other. */
export const TASK_STAGES: readonly TaskStage[] = [
  "queued",
  "submitting",
  "unknown",
  "polling",
  "collecting",
  "finished",
  "failed",
];

/** Every state of a delivery. */
export const DELIVERY_STATES: readonly DeliveryState[] = [
  "waiting",
  "delivered",
  "refused",
  "exhausted",
];

const ATTEMPT_STATES: readonly AttemptState[] = [
  "submitting",
  "unknown",
  "running",
  "produced",
  "rejected",
  "succeeded",
  "failed",
  "lost",
  "unresolved",
  "canceled",
];

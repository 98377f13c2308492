import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { DueDelivery } from "../../core/delivery.ts";
import type { FileRow } from "../../core/file.ts";
import type { Task } from "../../core/task.ts";
import { systemClock } from "../../lib/clock.ts";
import type {
  Cancellation,
  Claim,
  Inquiry,
  Intent,
  Settlement,
  Step,
  Store,
  Submission,
  TryRecord,
} from "../store.ts";
import type { Row } from "../transaction.ts";

/** Opens a store on an empty database; whatever it starts ends with the test. */
export type OpenStore = (t: TestContext) => Promise<OpenedStore>;

/** A store and a look past its contract. */
export interface OpenedStore {
  readonly store: Store;
  /** Rows straight from the database, to see what the contract does not show. */
  look(sql: string): Promise<readonly Row[]>;
}

/** A store with one project and what tests do with it. */
export interface Fixture extends OpenedStore {
  readonly projectId: string;
  readonly nowMs: number;
  /** A new id; no two are equal within the fixture. */
  id(noun: string): string;
  submission(change?: Partial<Task>, rest?: Partial<Omit<Submission, "task">>): Submission;
  accept(change?: Partial<Task>): Promise<Task>;
  claim(limit?: number, leaseMs?: number): Promise<readonly Claim[]>;
  /** Claims the one task that is due. */
  claimOne(): Promise<Claim>;
  /** Accepts a task, claims it and opens its first attempt. */
  begin(change?: Partial<Task>): Promise<Begun>;
  intent(claim: Claim): Intent;
  step(claim: Claim, change?: Partial<Step>): Step;
  finish(claim: Claim, end?: Partial<FinishedEnd>): Settlement;
  fail(claim: Claim): Settlement;
  cancellation(taskId: string, change?: Partial<Cancellation>): Cancellation;
  /** Claims the one inquiry that is due. */
  claimInquiry(leaseMs?: number): Promise<Inquiry>;
  file(taskId: string, position: number): FileRow;
  count(table: string): Promise<number>;
}

/** A task whose first attempt is open. */
export interface Begun {
  readonly claim: Claim;
  readonly attemptId: string;
}

type FinishedEnd = Extract<Settlement["end"], { readonly kind: "finished" }>;

/** What the first project is given, millicredits. */
export const GRANTED = 1_000_000;

/** Opens an empty store for a test and makes its project. */
export async function setUp(t: TestContext, open: OpenStore): Promise<Fixture> {
  return await makeFixture(await open(t), "");
}

/**
 * Makes the project of a store unless it is there.
 * @param mark Stands in each id, so that several processes can share a database.
 */
export async function makeFixture(opened: OpenedStore, mark: string): Promise<Fixture> {
  const nowMs = systemClock.nowMs();
  let last = 0;
  const id = (noun: string): string => {
    last += 1;
    return `${noun}_${mark}${String(last).padStart(6, "0")}`;
  };
  const projectId = await opened.store.keys.ensureProject({
    id: id("proj"),
    name: "Default",
    email: "owner@example.com",
    grant: { id: id("led"), amount: GRANTED, note: "start", nowMs },
    nowMs,
  });
  return { ...opened, ...makeActions({ ...opened, projectId, nowMs, id }) };
}

type Base = Pick<Fixture, "store" | "look" | "projectId" | "nowMs" | "id">;

function makeActions(base: Base): Omit<Fixture, keyof OpenedStore> {
  const { store, nowMs } = base;
  const submission: Fixture["submission"] = (change = {}, rest = {}) => ({
    task: { ...makeTask(base), ...change },
    loopback: false,
    idempotency: null,
    oneShot: null,
    enforceCredits: true,
    ...rest,
  });
  const accept: Fixture["accept"] = async (change) => {
    const made = submission(change);
    assert.deepEqual(await store.tasks.accept(made), { kind: "accepted" });
    return made.task;
  };
  const claim: Fixture["claim"] = (limit = 1, leaseMs = 60_000) =>
    store.tasks.claimDue({ nowMs, leaseMs, limit, node: "node" });
  const claimOne: Fixture["claimOne"] = async () => {
    const [only, ...rest] = await claim(10);
    assert.ok(only, "a task is due");
    assert.equal(rest.length, 0, "one task is due");
    return only;
  };
  const intent: Fixture["intent"] = (held) => ({
    taskId: held.task.id,
    fence: held.fence,
    home: null,
    attempt: {
      id: base.id("att"),
      number: held.task.attempts + 1,
      provider: "xai",
      account: "main",
      upstreamModel: "grok-2-image",
      prepared: { prompt: "a fox" },
    },
    nowMs,
  });
  const begin: Fixture["begin"] = async (change) => {
    await accept(change);
    const held = await claimOne();
    const opening = intent(held);
    assert.equal(await store.tasks.recordIntent(opening), true);
    return { claim: held, attemptId: opening.attempt.id };
  };
  return {
    projectId: base.projectId,
    nowMs,
    id: base.id,
    submission,
    accept,
    claim,
    claimOne,
    begin,
    intent,
    ...makeEnds(base),
    async count(table) {
      const [row] = await base.look(`SELECT count(*) AS n FROM ${table}`);
      return Number(row?.n);
    },
  };
}

type Ends = "step" | "finish" | "fail" | "file" | "cancellation" | "claimInquiry";

function makeEnds(base: Base): Pick<Fixture, Ends> {
  const { nowMs, id } = base;
  const settlement = (claim: Claim, end: Settlement["end"]): Settlement => ({
    taskId: claim.task.id,
    fence: claim.fence,
    nowMs,
    expiresAtMs: nowMs + 86_400_000,
    end,
    ledger: { settleId: id("led"), releaseId: id("led") },
    event: { id: id("evt"), deliveryId: id("dlv"), body: `{"task_id":"${claim.task.id}"}` },
  });
  const file: Fixture["file"] = (taskId, position) => ({
    id: id("file"),
    projectId: base.projectId,
    taskId,
    position,
    storageKey: `p/${taskId}/${position}.png`,
    mediaType: "image/png",
    extension: "png",
    sizeBytes: 1234,
    sha256: "ab".repeat(32),
    width: 64,
    height: 48,
    durationS: null,
    createdAtMs: nowMs,
    expiresAtMs: nowMs + 86_400_000,
    deletedAtMs: null,
  });
  return {
    file,
    step: (claim, change = {}) => ({
      taskId: claim.task.id,
      fence: claim.fence,
      stage: "polling",
      dueAtMs: nowMs,
      nowMs,
      ...change,
    }),
    finish: (claim, end = {}) =>
      settlement(claim, {
        kind: "finished",
        outputs: [{ kind: "media", file: 0, media: "image" }],
        files: [file(claim.task.id, 0)],
        creations: [],
        charged: claim.task.hold,
        ...end,
      }),
    fail: (claim) =>
      settlement(claim, {
        kind: "failed",
        errorCode: "generation_failed",
        errorMessage: "The upstream failed",
      }),
    cancellation: (taskId, change = {}) => ({
      ...{ projectId: base.projectId, taskId, nowMs, errorMessage: "Canceled on request" },
      ...{ expiresAtMs: nowMs + 86_400_000, inquiryUntilMs: nowMs + 86_400_000 },
      ledger: { settleId: id("led"), releaseId: id("led") },
      event: { id: id("evt"), deliveryId: id("dlv"), body: `{"task_id":"${taskId}"}` },
      ...change,
    }),
    async claimInquiry(leaseMs = 60_000) {
      const wish = { nowMs, leaseMs, limit: 10, node: "node" };
      const [only, ...rest] = await base.store.inquiries.claimDue(wish);
      assert.ok(only, "an inquiry is due");
      assert.equal(rest.length, 0, "one inquiry is due");
      return only;
    },
  };
}

/** A try of a delivery that got an answer. */
export function makeTry(f: Fixture, due: DueDelivery, change: Partial<TryRecord> = {}): TryRecord {
  return {
    fence: due.fence,
    try: {
      id: f.id("try"),
      deliveryId: due.id,
      number: due.tries + 1,
      startedAtMs: f.nowMs,
      durationMs: 12,
      status: 200,
      errorClass: null,
      excerpt: "ok",
    },
    state: "delivered",
    dueAtMs: null,
    endpoint: "good",
    ...change,
  };
}

function makeTask(base: Base): Task {
  return {
    id: base.id("task-unified-1"),
    projectId: base.projectId,
    keyId: "key_1",
    mode: "live",
    model: "grok-imagine",
    input: { prompt: "a fox", n: 1 },
    callbackUrl: null,
    stage: "queued",
    progress: 0,
    routes: [{ provider: "xai", upstreamModel: "g", account: "main", onAmbiguous: "fail" }],
    routeIndex: 0,
    attempts: 0,
    hold: 8_480,
    charged: null,
    outputs: [],
    errorCode: null,
    errorMessage: null,
    cancelAtMs: null,
    createdAtMs: base.nowMs,
    startedAtMs: null,
    softLimitAtMs: base.nowMs + 600_000,
    hardLimitAtMs: base.nowMs + 86_400_000,
    finishedAtMs: null,
    expiresAtMs: null,
  };
}

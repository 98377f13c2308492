/**
 * What all sides wrote down about a run. Nothing here trusts the gateway's own word alone: tasks
 * are matched to purchases by the nonce in their prompt, files by their bytes.
 */
export interface Journals {
  readonly submits: readonly SubmitEntry[];
  /** The rows of the database after the last process ended. */
  readonly tasks: readonly TaskEntry[];
  /** What the upstreams accepted; empty where only engines without a price were used. */
  readonly purchases: readonly Purchase[];
  readonly callbacks: readonly CallbackEntry[];
  readonly sightings: readonly Sighting[];
  readonly downloads: readonly Download[];
  readonly balances: readonly Balance[];
  /** Empty where the database cannot tell its writers apart. */
  readonly custody: readonly CustodyEntry[];
  /** Tasks whose cancel was answered with 200. */
  readonly cancels: readonly string[];
}

/** One thing that a client wanted made, however often it had to ask. */
export interface SubmitEntry {
  readonly nonce: string;
  readonly idempotencyKey: string | null;
  readonly wantsCallback: boolean;
  /** The task ids of all 200 answers; empty when every answer was lost or refused. */
  readonly taskIds: readonly string[];
}

/** A task as it stands at the end. Amounts are millicredits. */
export interface TaskEntry {
  readonly taskId: string;
  readonly nonce: string;
  readonly stage: string;
  readonly errorCode: string | null;
  /** Whether an upstream with a price has made it. */
  readonly bought: boolean;
  readonly hold: number;
  readonly settled: number;
  readonly released: number;
  /** By position. */
  readonly files: readonly FileEntry[];
  /** What the book of upstream costs says of each attempt at an upstream with a price. */
  readonly booked: readonly Booking[];
}

/**
 * Whether an upstream charged for an attempt. `open`: it is still asked, or its task goes on;
 * `forgotten`: neither it is.
 */
export type Booking = "yes" | "no" | "unknown" | "open" | "forgotten";

/** A file as its row says. */
export interface FileEntry {
  readonly fileId: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** One accepted submit in an upstream's ledger. */
export interface Purchase {
  readonly nonce: string;
  readonly jobId: string;
  readonly price: number;
  readonly sha256: string | null;
  /** Given back, or never charged for. */
  readonly refunded?: boolean;
}

/** A callback as the receiver got it. */
export interface CallbackEntry {
  readonly atMs: number;
  readonly taskId: string;
  readonly body: string;
  /** The `webhook-id` header, or `null`. */
  readonly eventId: string | null;
  /** What the receiver answered. */
  readonly answer: number;
}

/** A status answer as a client saw it. */
export interface Sighting {
  /** When the question was asked, on the receiver's clock. */
  readonly askedAtMs: number;
  readonly taskId: string;
  readonly status: string;
  readonly progress: number;
  /** Links and error message in one text, to be compared. */
  readonly result: string;
}

/** A file as it came over its link; `null` when it could not be had. */
export interface Download {
  readonly taskId: string;
  readonly fileId: string;
  readonly sha256: string | null;
}

/** A project's money. */
export interface Balance {
  readonly granted: number;
  readonly balance: number;
  /** Holds of tasks that have not ended. */
  readonly open: number;
  readonly settled: number;
}

/** What the database saw of a lease: a node took it, or wrote to the task under it. */
export interface CustodyEntry {
  readonly taskId: string;
  /** The number of the claim under which the task stood when it was written. */
  readonly fence: number;
  readonly node: string;
  readonly kind: "claim" | "write";
}

/** The counts of a run. Each must be 0. */
export const COUNTS = [
  /** Acknowledged, yet without a row or without an end. */
  "lost",
  /** Bought without anybody having asked. */
  "phantom",
  /** Bought more than once. */
  "duplicated",
  /** Finished without exactly one purchase, or without the very bytes that were bought. */
  "hollow",
  /** More than one task for one idempotency key. */
  "twice",
  /** Ended without a callback that was answered with 2xx. */
  "unannounced",
  /** Called back before the status endpoint showed the end. */
  "early",
  /** A status, a result or a progress that was taken back. */
  "mutable",
  /** Two different callbacks for one task. */
  "mixed",
  /** Millicredits that are missing from, or too many in, the books. */
  "ledgerDelta",
  /** Written by a worker under a lease that was another's. */
  "stale",
  /** Canceled, and its task did not end so. */
  "uncanceled",
  /** Bought and not in the book of upstream costs, or the other way round. */
  "unbooked",
] as const;

/** A member of {@link COUNTS}. */
export type Count = (typeof COUNTS)[number];

/** The verdict on a run. */
export interface Verdict {
  readonly counts: Readonly<Record<Count, number>>;
  /** A line for each violation: the count, the task or nonce, and what was seen. */
  readonly violations: readonly string[];
  /** Asked without an answer, and became a task all the same: fine, told for the record. */
  readonly recovered: number;
  /** What the upstreams charge in all. */
  readonly spent: number;
}

/** Judges a run. Pure: the same journals always give the same verdict. */
export function check(journals: Journals): Verdict {
  const found: readonly Violation[] = [
    ...lost(journals),
    ...purchases(journals),
    ...hollow(journals),
    ...twice(journals),
    ...announcements(journals),
    ...mutable(journals),
    ...money(journals),
    ...stale(journals),
    ...uncanceled(journals),
    ...unbooked(journals),
  ];
  const counts = Object.fromEntries(
    COUNTS.map((count) => [
      count,
      found.filter((each) => each.count === count).reduce((sum, { weight }) => sum + weight, 0),
    ]),
  );
  const acknowledged = new Set(journals.submits.flatMap(({ taskIds }) => taskIds));
  return {
    counts: { ...NONE, ...counts },
    violations: found.map(({ count, subject, seen }) => `${count} ${subject}: ${seen}`),
    recovered: journals.tasks.filter(({ taskId }) => !acknowledged.has(taskId)).length,
    spent: journals.purchases.reduce((sum, { price }) => sum + price, 0),
  };
}

/** Whether nothing is wrong. */
export function isClean(verdict: Verdict): boolean {
  return verdict.violations.length === 0;
}

interface Violation {
  readonly count: Count;
  readonly subject: string;
  readonly seen: string;
  readonly weight: number;
}

const NONE: Readonly<Record<Count, number>> = {
  lost: 0,
  phantom: 0,
  duplicated: 0,
  hollow: 0,
  twice: 0,
  unannounced: 0,
  early: 0,
  mutable: 0,
  mixed: 0,
  ledgerDelta: 0,
  stale: 0,
  uncanceled: 0,
  unbooked: 0,
};

const ENDS: ReadonlySet<string> = new Set(["finished", "failed"]);

/** A violation that counts once, unless more is said of it. */
function violation(count: Count, subject: string, seen: string): Violation {
  return { count, subject, seen, weight: 1 };
}

function lost({ submits, tasks }: Journals): readonly Violation[] {
  const stages = new Map(tasks.map(({ taskId, stage }) => [taskId, stage]));
  const acknowledged = new Set(submits.flatMap(({ taskIds }) => taskIds));
  const open = tasks.filter(({ taskId, stage }) => !ENDS.has(stage) && !acknowledged.has(taskId));
  return [
    ...[...acknowledged]
      .filter((taskId) => !ENDS.has(stages.get(taskId) ?? ""))
      .map((taskId) => violation("lost", taskId, stages.get(taskId) ?? "no row")),
    // Nobody was told of it, and still it is a task that must end.
    ...open.map(({ taskId, stage }) => violation("lost", taskId, `${stage}, never acknowledged`)),
  ];
}

function purchases({ submits, purchases: bought }: Journals): readonly Violation[] {
  const wanted = new Set(submits.map(({ nonce }) => nonce));
  const byNonce = Map.groupBy(bought, ({ nonce }) => nonce);
  return [...byNonce].flatMap(([nonce, jobs]) => {
    if (!wanted.has(nonce)) return [violation("phantom", nonce, `${jobs.length} bought`)];
    if (jobs.length === 1) return [];
    const ids = jobs.map(({ jobId }) => jobId).join(", ");
    const weight = jobs.length - 1;
    return [{ ...violation("duplicated", nonce, `bought as ${ids}`), weight }];
  });
}

function hollow({ tasks, purchases: bought, downloads }: Journals): readonly Violation[] {
  const byNonce = Map.groupBy(bought, ({ nonce }) => nonce);
  const byTask = Map.groupBy(downloads, ({ taskId }) => taskId);
  return tasks
    .filter(({ stage }) => stage === "finished")
    .flatMap((task) => {
      const seen = flaw(task, byNonce.get(task.nonce) ?? [], byTask.get(task.taskId) ?? []);
      return seen === null ? [] : [violation("hollow", task.taskId, seen)];
    });
}

function flaw(
  task: TaskEntry,
  bought: readonly Purchase[],
  downloads: readonly Download[],
): string | null {
  if (task.files.length === 0) return "finished without files";
  for (const { fileId, sha256 } of downloads) {
    const row = task.files.find((file) => file.fileId === fileId);
    if (sha256 === null) return `${fileId} cannot be had`;
    if (row?.sha256 !== sha256) return `${fileId} is not what its row says`;
  }
  if (!task.bought) return null;
  const [purchase] = bought;
  if (purchase === undefined) return "finished without a purchase";
  const genuine = bought.some(({ sha256 }) => sha256 === task.files[0]?.sha256);
  return genuine ? null : "its file is not what was bought for it";
}

function twice({ submits, tasks }: Journals): readonly Violation[] {
  return submits
    .filter(({ idempotencyKey }) => idempotencyKey !== null)
    .flatMap(({ nonce, taskIds }) => {
      const stored = tasks.filter((task) => task.nonce === nonce).map(({ taskId }) => taskId);
      const all = new Set([...taskIds, ...stored]);
      if (all.size <= 1) return [];
      return [{ ...violation("twice", nonce, [...all].join(", ")), weight: all.size - 1 }];
    });
}

function announcements(journals: Journals): readonly Violation[] {
  const byTask = Map.groupBy(journals.callbacks, ({ taskId }) => taskId);
  const sightings = Map.groupBy(journals.sightings, ({ taskId }) => taskId);
  const silent = journals.submits
    .filter(({ wantsCallback }) => wantsCallback)
    .flatMap(({ taskIds }) => [...new Set(taskIds)])
    .filter((taskId) => !(byTask.get(taskId) ?? []).some(({ answer }) => isSuccess(answer)))
    .map((taskId) => violation("unannounced", taskId, "no callback was answered with 2xx"));
  return [
    ...silent,
    ...[...byTask].flatMap(([taskId, callbacks]) => [
      ...mixed(taskId, callbacks),
      ...early(taskId, callbacks, sightings.get(taskId) ?? []),
    ]),
  ];
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function mixed(taskId: string, callbacks: readonly CallbackEntry[]): readonly Violation[] {
  const faces = new Set(callbacks.map(({ body, eventId }) => `${eventId} ${body}`));
  return faces.size <= 1 ? [] : [violation("mixed", taskId, `${faces.size} different callbacks`)];
}

function early(
  taskId: string,
  callbacks: readonly CallbackEntry[],
  sightings: readonly Sighting[],
): readonly Violation[] {
  const firstMs = Math.min(...callbacks.map(({ atMs }) => atMs));
  const after = sightings.find(({ askedAtMs, status }) => askedAtMs > firstMs && !ENDS.has(status));
  if (after === undefined) return [];
  return [violation("early", taskId, `${after.status} after its callback`)];
}

function mutable({ sightings, tasks }: Journals): readonly Violation[] {
  const stages = new Map(tasks.map(({ taskId, stage }) => [taskId, stage]));
  const byTask = Map.groupBy(sightings, ({ taskId }) => taskId);
  return [...byTask].flatMap(([taskId, seen]) => {
    const ordered = seen.toSorted((one, two) => one.askedAtMs - two.askedAtMs);
    const change = takenBack(ordered, stages.get(taskId));
    return change === null ? [] : [violation("mutable", taskId, change)];
  });
}

function takenBack(ordered: readonly Sighting[], stage: string | undefined): string | null {
  for (const [index, now] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before === undefined) continue;
    if (now.progress < before.progress) return `progress ${before.progress} to ${now.progress}`;
    if (ORDER.indexOf(now.status) < ORDER.indexOf(before.status) || isSwitch(before, now)) {
      return `${before.status} to ${now.status}`;
    }
    if (ENDS.has(before.status) && now.result !== before.result) return "its result changed";
  }
  const last = ordered.at(-1)?.status ?? "";
  if (ENDS.has(last) && stage !== undefined && stage !== last) return `${last}, its row ${stage}`;
  return null;
}

const ORDER: readonly string[] = ["not_started", "running", "finished", "failed"];

function isSwitch(before: Sighting, now: Sighting): boolean {
  return ENDS.has(before.status) && now.status !== before.status;
}

function money({ tasks, balances }: Journals): readonly Violation[] {
  return [
    ...tasks
      .filter(({ stage }) => ENDS.has(stage))
      .flatMap(({ taskId, hold, settled, released }) => {
        const delta = Math.abs(hold - settled - released);
        const seen = `hold ${hold}, settled ${settled}, released ${released}`;
        return delta === 0 ? [] : [{ ...violation("ledgerDelta", taskId, seen), weight: delta }];
      }),
    ...balances.flatMap(({ granted, balance, open, settled }) => {
      const delta = Math.abs(granted - open - settled - balance);
      const seen = `${granted} granted, ${settled} settled, ${open} held, ${balance} left`;
      return delta === 0 ? [] : [{ ...violation("ledgerDelta", "balance", seen), weight: delta }];
    }),
  ];
}

function stale({ custody }: Journals): readonly Violation[] {
  const lease = ({ taskId, fence }: CustodyEntry): string => `${taskId} claim ${fence}`;
  const claims = custody.filter(({ kind }) => kind === "claim");
  const holders = new Map(claims.map((claim) => [lease(claim), claim.node]));
  return custody
    .filter((entry) => entry.kind === "write" && holders.get(lease(entry)) !== entry.node)
    .map((entry) => {
      const holder = holders.get(lease(entry)) ?? "nobody";
      return violation("stale", lease(entry), `of ${holder}, written by ${entry.node}`);
    });
}

function uncanceled({ tasks, cancels }: Journals): readonly Violation[] {
  const ends = new Map(tasks.map(({ taskId, errorCode, stage }) => [taskId, errorCode ?? stage]));
  return [...new Set(cancels)]
    .filter((taskId) => ends.get(taskId) !== "canceled")
    .map((taskId) => violation("uncanceled", taskId, `ended as ${ends.get(taskId) ?? "no row"}`));
}

function unbooked({ tasks, purchases: bought }: Journals): readonly Violation[] {
  const byNonce = Map.groupBy(bought, ({ nonce }) => nonce);
  return tasks.flatMap((task) => {
    const seen = misbooked(task, byNonce.get(task.nonce) ?? []);
    return seen === null ? [] : [violation("unbooked", task.taskId, seen)];
  });
}

function misbooked({ stage, booked }: TaskEntry, bought: readonly Purchase[]): string | null {
  const count = (word: Booking): number => booked.filter((each) => each === word).length;
  if (count("forgotten") > 0) return "nobody asks about its attempt any more";
  if (count("yes") > bought.length) return `booked ${count("yes")}, bought ${bought.length}`;
  const isOwed = bought.some(({ refunded }) => refunded !== true);
  const isBooked = booked.some((word) => word !== "no");
  return ENDS.has(stage) && isOwed && !isBooked ? "bought, and booked as free of charge" : null;
}

/** What goes wrong at a point. */
export const FAULTS = ["kill", "throw", "pause", "database"] as const;

/** SIGKILL, an exception, SIGSTOP past the lease, a failed statement. */
export type Fault = (typeof FAULTS)[number];

/** Which life the task leads. */
export type Scenario = "finish" | "fail" | "cancel" | "lost-answer" | "expire";

/** A place between two effects where a process may die. */
export interface CrashPoint {
  /** As the failure model counts them, 1 to 24. */
  readonly number: number;
  readonly between: string;
  /** Taps to be passed in this order; the fault strikes at the last one: see `taps.ts`. */
  readonly taps: readonly string[];
  readonly scenario: Scenario;
}

/** All crash points of one task's life, in its order. */
export const CRASH_POINTS: readonly CrashPoint[] = [
  point(1, "request read, validated", "submit", "finish"),
  point(2, "statements sent, commit", "tasks.accept during", "finish"),
  point(3, "commit, answer", "tasks.accept after", "finish"),
  point(4, "answer, claim", "accepted > tasks.claimDue before", "finish"),
  point(5, "claim, prepare", "tasks.claimDue after", "finish"),
  point(6, "prepare, intent", "tasks.recordIntent before", "finish"),
  point(7, "intent on disk, first byte", "tasks.recordIntent after", "finish"),
  point(8, "bytes sent, answer", "submit sent", "finish"),
  point(9, "answer read, id on disk", "submit answered", "finish"),
  point(10, "id on disk, first poll", "tasks.recordStep after", "finish"),
  point(11, "poll, poll", "poll pending > tasks.recordStep after", "finish"),
  point(12, "result known, manifest on disk", "poll completed", "finish"),
  point(13, "first bytes, last bytes", "keep midway", "finish"),
  point(14, "body complete, durable", "adopt before", "finish"),
  point(15, "durable, end", "adopt after", "finish"),
  point(16, "the end's transaction", "tasks.settle during", "finish"),
  point(17, "end on disk, callback picked", "tasks.settle after", "finish"),
  point(18, "callback sent, try on disk", "deliveries.recordTry before", "finish"),
  point(19, "try on disk", "deliveries.recordTry after", "finish"),
  point(20, "expiry due, removal", "files.expired after", "expire"),
  point(21, "bytes removed, row closed", "files.markDeleted before", "expire"),
  point(22, "cancel on disk, upstream told", "tasks.cancel after", "cancel"),
  point(22, "upstream's word read, on disk", "tasks.cancel after > poll completed", "cancel"),
  point(23, "failure read, end", "poll failed", "fail"),
  point(24, "upstream's callback, commit", "tasks.adopt before", "lost-answer"),
];

function point(
  ...[number, between, path, scenario]: [number, string, string, Scenario]
): CrashPoint {
  return { number, between, taps: path.split(" > "), scenario };
}

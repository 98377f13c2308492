import type { TaskDetail } from "../../lib/tasks.ts";

/** A stretch of a task's life, milliseconds since 1970. */
export interface Span {
  readonly kind: "queue" | "attempt" | "copy" | "callback";
  readonly label: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** How it ended: drawn as a mark and said in words. */
  readonly end: "good" | "bad" | "open";
  readonly note: string;
}

/** A piece of the scale: time drawn at its length, or a wait that is folded. */
export interface Piece {
  readonly fromMs: number;
  readonly toMs: number;
  readonly folded: boolean;
  /** Left edge and width as shares of the whole, 0 to 1. */
  readonly left: number;
  readonly width: number;
}

/** What the drawing is made of. */
export interface Timeline {
  readonly spans: readonly Span[];
  readonly pieces: readonly Piece[];
  readonly totalMs: number;
}

/** A wait longer than this share of the whole is folded. */
const FOLD_SHARE = 0.2;
const FOLDED_WIDTH = 0.06;
/** Shorter waits are never folded, milliseconds. */
const FOLD_LEAST_MS = 2_000;
/** What is left of a wait at its two ends, as a share of the whole. */
const EDGE_SHARE = 0.03;

const GOOD_ENDS: ReadonlySet<string> = new Set(["succeeded", "produced"]);
const OPEN_STATES: ReadonlySet<string> = new Set(["submitting", "unknown", "running"]);

/** Lays a task out over time. Pure. */
export function layTimeline(task: TaskDetail, nowMs: number): Timeline {
  const spans = spansOf(task, nowMs);
  const fromMs = Math.min(...spans.map((span) => span.fromMs));
  const toMs = Math.max(fromMs + 1, ...spans.map((span) => span.toMs));
  const moments = spans.flatMap((span) => [span.fromMs, span.toMs]);
  return { spans, pieces: foldWaits(moments, { fromMs, toMs }), totalMs: toMs - fromMs };
}

function spansOf(task: TaskDetail, nowMs: number): readonly Span[] {
  const acceptedMs = timeOf(task.events.find(({ kind }) => kind === "accepted")?.at_ms, nowMs);
  const [first] = task.attempts;
  const queue: Span = {
    kind: "queue",
    label: "",
    fromMs: acceptedMs,
    toMs: first?.intent_ms ?? (task.status === "failed" ? acceptedMs : nowMs),
    end: first === undefined && task.status !== "failed" ? "open" : "good",
    note: "",
  };
  const attempts = task.attempts.map((attempt): Span => {
    const endedMs = attempt.produced_ms ?? attempt.ended_ms;
    const open = endedMs === null && OPEN_STATES.has(attempt.state);
    return {
      kind: "attempt",
      label: attempt.provider,
      fromMs: attempt.intent_ms,
      toMs: endedMs ?? (open ? nowMs : attempt.intent_ms),
      end: open ? "open" : GOOD_ENDS.has(attempt.state) ? "good" : "bad",
      note: attempt.error_message ?? "",
    };
  });
  return [queue, ...attempts, ...copySpan(task, nowMs), ...callbackSpans(task)];
}

function copySpan(task: TaskDetail, nowMs: number): readonly Span[] {
  const produced = task.attempts.at(-1)?.produced_ms;
  if (produced === null || produced === undefined) return [];
  const end = task.events.findLast(({ kind }) => kind === "finished" || kind === "failed");
  const open = end === undefined;
  return [
    {
      kind: "copy",
      label: "",
      fromMs: produced,
      toMs: Math.max(produced, end?.at_ms ?? nowMs),
      end: open ? "open" : end.kind === "finished" ? "good" : "bad",
      note: "",
    },
  ];
}

function callbackSpans({ events }: TaskDetail): readonly Span[] {
  const tries = events.filter(({ kind }) => kind === "callback_tried");
  return tries.map(({ at_ms: at, facts }): Span => {
    const status = typeof facts.status === "number" ? facts.status : null;
    const took = typeof facts.duration_ms === "number" ? facts.duration_ms : 0;
    const good = status !== null && status >= 200 && status < 300;
    const note = status === null ? String(facts.error ?? "") : String(status);
    return {
      kind: "callback",
      label: "",
      fromMs: at,
      toMs: at + took,
      end: good ? "good" : "bad",
      note,
    };
  });
}

function timeOf(value: number | undefined, other: number): number {
  return value ?? other;
}

/** Cuts the time at long waits, and gives every piece its place. */
function foldWaits(
  moments: readonly number[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): readonly Piece[] {
  const total = toMs - fromMs;
  const edge = total * EDGE_SHARE;
  const sorted = [...new Set(moments)].sort((one, other) => one - other);
  const cuts: { readonly fromMs: number; readonly toMs: number; readonly folded: boolean }[] = [];
  let last = fromMs;
  for (const [index, moment] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next === undefined) break;
    const wait = next - moment;
    if (wait < FOLD_LEAST_MS || wait < total * FOLD_SHARE || wait <= 2 * edge) continue;
    cuts.push({ fromMs: last, toMs: moment + edge, folded: false });
    cuts.push({ fromMs: moment + edge, toMs: next - edge, folded: true });
    last = next - edge;
  }
  cuts.push({ fromMs: last, toMs, folded: false });
  return placed(cuts);
}

function placed(
  cuts: readonly { readonly fromMs: number; readonly toMs: number; readonly folded: boolean }[],
): readonly Piece[] {
  const folds = cuts.filter(({ folded }) => folded).length;
  const drawnMs = cuts.reduce((sum, cut) => sum + (cut.folded ? 0 : cut.toMs - cut.fromMs), 0);
  const room = 1 - folds * FOLDED_WIDTH;
  let left = 0;
  return cuts.map((cut) => {
    const share = drawnMs === 0 ? 0 : (cut.toMs - cut.fromMs) / drawnMs;
    const width = cut.folded ? FOLDED_WIDTH : share * room;
    const piece = { ...cut, left, width };
    left += width;
    return piece;
  });
}

/** Where a moment stands, 0 to 1. */
export function placeOf(pieces: readonly Piece[], ms: number): number {
  const piece = pieces.find(({ fromMs, toMs }) => ms >= fromMs && ms <= toMs);
  if (piece === undefined) return ms < (pieces[0]?.fromMs ?? 0) ? 0 : 1;
  const length = piece.toMs - piece.fromMs;
  return piece.left + (length === 0 ? 0 : ((ms - piece.fromMs) / length) * piece.width);
}

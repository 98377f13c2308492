import { TASK_ERROR_CODES, type TaskErrorCode } from "../../core/error.ts";
import type { UpstreamError } from "../../core/outcome.ts";
import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";

/** How a task shall go, by marks such as `[[slow 20s]]` in its texts. Plain data. */
export interface Directions {
  /** The work takes at least so long, its progress rising evenly. Milliseconds. */
  readonly slowMs: number;
  /** The result is ready but told only so much later. Milliseconds. */
  readonly lateMs: number;
  /** The task fails with this code, or `null`. */
  readonly fail: TaskErrorCode | null;
  /** The prompt is refused for its content before work starts, or the result after it. */
  readonly refuse: "input" | "output" | null;
}

/** A task without marks. */
export const UNDIRECTED: Directions = { slowMs: 0, lateMs: 0, fail: null, refuse: null };

/** An hour: longer waits would outlive the task. */
const SECONDS_MAX = 3600;
const SLOW_S = 20;
const LATE_S = 30;
const MARK =
  /\[\[\s*(?:(slow|late)(?:\s+(\d{1,4}(?:\.\d{1,3})?)\s*s?)?|fail(?:\s+(\w+))?|(refuse)(?:\s+(input|output))?)\s*\]\]/giu;

/** What an HTTP status means as the end of a task. */
const BY_STATUS: Readonly<Record<string, TaskErrorCode>> = {
  400: "invalid_request",
  401: "auth",
  402: "quota_exhausted",
  403: "permission",
  408: "timeout",
  429: "rate_limited",
  500: "internal",
  502: "generation_failed",
  503: "upstream_unavailable",
  504: "upstream_timeout",
};

/** Takes the marks out of a text. What looks like a mark but is none stays. */
export function takeDirections(text: string): {
  readonly text: string;
  readonly directions: Directions;
} {
  let directions = UNDIRECTED;
  const left = text.replace(MARK, (...match: readonly unknown[]) => {
    const [, pace, seconds, code, refuse, stage] = match.map((part) =>
      typeof part === "string" ? part.toLowerCase() : undefined,
    );
    if (pace !== undefined) directions = { ...directions, ...paced(pace, seconds) };
    else if (refuse === undefined) directions = { ...directions, fail: failureOf(code) };
    else directions = { ...directions, refuse: stage === "output" ? "output" : "input" };
    return " ";
  });
  return left === text
    ? { text, directions }
    : { text: left.replace(/ {2,}/g, " ").trim(), directions };
}

/** Takes the marks out of every text of an input. */
export function takeFromInput(input: JsonObject): {
  readonly input: JsonObject;
  readonly directions: Directions;
} {
  let directions = UNDIRECTED;
  const texts = Object.entries(input).map(([key, value]): readonly [string, Json | undefined] => {
    if (typeof value !== "string") return [key, value];
    const taken = takeDirections(value);
    directions = merged(directions, taken.directions);
    return [key, taken.text];
  });
  return { input: Object.fromEntries(texts), directions };
}

/** Reads stored directions back; those of a job without any are empty. */
export function readDirections(prepared: Json): Directions {
  const stored = isJsonObject(prepared) ? prepared.directions : undefined;
  if (stored === undefined || !isJsonObject(stored)) return UNDIRECTED;
  const { slowMs, lateMs, fail, refuse } = stored;
  return {
    slowMs: typeof slowMs === "number" ? slowMs : 0,
    lateMs: typeof lateMs === "number" ? lateMs : 0,
    fail: TASK_ERROR_CODES.find((code) => code === fail) ?? null,
    refuse: refuse === "input" || refuse === "output" ? refuse : null,
  };
}

/** Says directions as their marks do, `slow 5 s` and `fail 503`; empty without any. */
export function sayDirections({ slowMs, lateMs, fail, refuse }: Directions): string[] {
  const [status] = Object.entries(BY_STATUS).find(([, code]) => code === fail) ?? [fail];
  return [
    ...(slowMs > 0 ? [`slow ${slowMs / 1000} s`] : []),
    ...(lateMs > 0 ? [`late ${lateMs / 1000} s`] : []),
    ...(fail === null ? [] : [`fail ${status}`]),
    ...(refuse === null ? [] : [`refuse ${refuse}`]),
  ];
}

/** The error that directions ask for before any work, or `null`. */
export function errorBefore({ fail, refuse }: Directions): UpstreamError | null {
  if (refuse === "input") return REFUSALS.input;
  if (fail === null) return null;
  const message = `A stage direction in the prompt asked for ${fail}`;
  return { code: fail, message, retry: "never", retryAfterMs: null, billed: "no" };
}

/** The error that directions ask for after the work, or `null`. */
export function errorAfter({ refuse }: Directions): UpstreamError | null {
  return refuse === "output" ? REFUSALS.output : null;
}

function refusal(stage: "input" | "output"): UpstreamError {
  const what = stage === "input" ? "prompt" : "result";
  const message = `The ${what} was refused for its content, as a stage direction asked`;
  return {
    code: "content_policy",
    message,
    retry: "never",
    retryAfterMs: null,
    billed: "no",
    stage,
  };
}

const REFUSALS = { input: refusal("input"), output: refusal("output") } as const;

function paced(pace: string, seconds: string | undefined): Partial<Directions> {
  const told = Number(seconds ?? (pace === "slow" ? SLOW_S : LATE_S));
  const ms = Math.round(Math.min(SECONDS_MAX, told) * 1000);
  return pace === "slow" ? { slowMs: ms } : { lateMs: ms };
}

function failureOf(code: string | undefined): TaskErrorCode {
  if (code === undefined) return "generation_failed";
  const named = TASK_ERROR_CODES.find((known) => known === code);
  return named ?? BY_STATUS[code] ?? "generation_failed";
}

function merged(first: Directions, second: Directions): Directions {
  return {
    slowMs: Math.max(first.slowMs, second.slowMs),
    lateMs: Math.max(first.lateMs, second.lateMs),
    fail: first.fail ?? second.fail,
    refuse: first.refuse ?? second.refuse,
  };
}

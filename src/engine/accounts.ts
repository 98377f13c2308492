import type { SubmitOutcome, UpstreamError } from "../core/outcome.ts";
import type { Route } from "../core/task.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/log.ts";
import type { Registry } from "../providers/registry.ts";
import { Circuit } from "./circuit.ts";

/** What providers' accounts may be asked just now, as this process has seen them. */
export interface Accounts {
  /**
   * Takes a place for a submit, or says why there is none. A place taken must be kept when the
   * answer is there, or left.
   */
  enter(route: Route, attemptId: string): Permit;
  /** Notes that an attempt is under way, also one that another process or an earlier start made. */
  keep(route: Route, attemptId: string): void;
  /** The attempt is over, or was never sent. */
  leave(attemptId: string): void;
  /** Learns from the answer to a submit. */
  heard(route: Route, outcome: SubmitOutcome): void;
  /** Why an account takes no new tasks, or `null` when it does. */
  trouble(route: Route): UpstreamError | null;
  /** How an account stands for a route, for people. */
  health(route: Route): AccountHealth;
}

/** How an account stands, as this process has seen it since its start. */
export interface AccountHealth {
  /**
   * `paused`: an operator has to put something right; `circuit`: its provider does not answer;
   * `resting`: it asked to be left alone; `busy`: it takes no more at once.
   */
  readonly state: "healthy" | "paused" | "circuit" | "resting" | "busy";
  /** When it is tried again, milliseconds since 1970, or `null` when that is now or not known. */
  readonly untilMs: number | null;
  /** Attempts under way. */
  readonly inFlight: number;
  /** The last thing that went wrong with a submit, or `null`. */
  readonly lastError: { readonly error: UpstreamError; readonly atMs: number } | null;
}

/** Whether a submit may go out. */
export type Permit =
  | { readonly kind: "go" }
  /** Come again later: the account is busy, resting or was asked too often. */
  | { readonly kind: "wait"; readonly afterMs: number }
  /** An operator has to put something right; nobody waits for that. */
  | { readonly kind: "paused"; readonly error: UpstreamError };

/** What it stands on. */
export interface AccountsContext {
  readonly registry: Pick<Registry, "limits">;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How long a broken account is left alone before one task tries it again. */
const PAUSE_MS = 300_000;
const MINUTE_MS = 60_000;
const RECHECK_MS = 1_000;
const RETRY_AFTER = { minMs: 1_000, maxMs: 900_000 } as const;
/** An attempt that nobody has asked about for this long is somebody else's or over. */
const UNSEEN_MS = 120_000;

/** Keeps the state of all accounts in memory: after a start nothing is held against them. */
export function createAccounts(context: AccountsContext): Accounts {
  const { clock, log } = context;
  const states = new Map<string, AccountState>();
  const stateOf = ({ provider, account }: Route): AccountState => {
    const key = `${provider}/${account}`;
    const state = states.get(key) ?? newState();
    states.set(key, state);
    return state;
  };
  return {
    enter(route, attemptId) {
      const nowMs = clock.monotonicMs();
      const state = stateOf(route);
      const permit = permitFor(state, { route, nowMs, ...limitsOf(context, route) });
      if (permit.kind !== "go") return permit;
      // A blocking submit takes many minutes in which nobody asks about it.
      state.inside.set(attemptId, Number.POSITIVE_INFINITY);
      state.sent.push(nowMs);
      for (const pause of pausesOf(state, route)) pause.untilMs = nowMs + MINUTE_MS;
      return permit;
    },
    keep(route, attemptId) {
      stateOf(route).inside.set(attemptId, clock.monotonicMs());
    },
    leave(attemptId) {
      for (const { inside } of states.values()) inside.delete(attemptId);
    },
    heard(route, outcome) {
      const state = stateOf(route);
      const error = outcome.kind === "rejected" ? outcome.error : null;
      // No upstream was asked: its input could not be brought here.
      if (error?.code === "input_unreachable") return;
      const nowMs = clock.monotonicMs();
      state.circuit.note(nowMs, isAnswer(outcome));
      if ("error" in outcome) state.lastError = { error: outcome.error, atMs: clock.nowMs() };
      if (error !== null && error.retryAfterMs !== null) {
        const { minMs, maxMs } = RETRY_AFTER;
        state.restUntilMs = nowMs + Math.min(Math.max(error.retryAfterMs, minMs), maxMs);
      }
      const scope = error === null ? null : scopeOf(error, route);
      if (error === null || scope === null) {
        if (isAnswer(outcome)) for (const each of scopesOf(route)) state.paused.delete(each);
        return;
      }
      state.paused.set(scope, { error, untilMs: nowMs + PAUSE_MS });
      const { provider, account } = route;
      log.warn({ provider, account, code: error.code, delayMs: PAUSE_MS }, "An account is paused");
    },
    trouble: (route) => pauseNow(stateOf(route), route, clock.monotonicMs())?.error ?? null,
    health(route) {
      const state = stateOf(route);
      const nowMs = clock.monotonicMs();
      forget(state, nowMs);
      const { word, untilMs } = standing(state, { route, nowMs, ...limitsOf(context, route) });
      return {
        state: word,
        untilMs: untilMs === null ? null : Math.round(clock.nowMs() + untilMs - nowMs),
        inFlight: state.inside.size,
        lastError: state.lastError,
      };
    },
  };
}

interface AccountState {
  /** Attempts under way, each with when it was last seen; without end while it is submitted. */
  readonly inside: Map<string, number>;
  /** When the submits of the last minute went out. */
  readonly sent: number[];
  restUntilMs: number;
  /** Pauses of the account as a whole, and of single models at it. */
  readonly paused: Map<string, Pause>;
  readonly circuit: Circuit;
  lastError: AccountHealth["lastError"];
}

interface Pause {
  readonly error: UpstreamError;
  untilMs: number;
}

function newState(): AccountState {
  return {
    ...{ inside: new Map(), sent: [], restUntilMs: 0, paused: new Map() },
    ...{ circuit: new Circuit(), lastError: null },
  };
}

interface Wish {
  readonly route: Route;
  readonly nowMs: number;
  readonly concurrencyMax: number;
  readonly perMinuteMax: number;
}

function limitsOf(
  { registry }: AccountsContext,
  { provider, account }: Route,
): Pick<Wish, "concurrencyMax" | "perMinuteMax"> {
  const { concurrencyMax, perMinuteMax } = registry.limits(provider, account);
  return {
    concurrencyMax: concurrencyMax ?? Number.POSITIVE_INFINITY,
    perMinuteMax: perMinuteMax ?? Number.POSITIVE_INFINITY,
  };
}

function permitFor(state: AccountState, wish: Wish): Permit {
  const { nowMs } = wish;
  const pause = pauseNow(state, wish.route, nowMs);
  if (pause !== null) return { kind: "paused", error: pause.error };
  forget(state, nowMs);
  const waits = [
    state.restUntilMs - nowMs,
    state.circuit.restMs(nowMs),
    state.inside.size >= wish.concurrencyMax ? RECHECK_MS : 0,
    rateWaitMs(state, wish),
  ];
  const afterMs = Math.ceil(Math.max(...waits));
  return afterMs > 0 ? { kind: "wait", afterMs } : { kind: "go" };
}

/** The submit before the last allowed ones must be a minute old. */
function rateWaitMs({ sent }: AccountState, { perMinuteMax, nowMs }: Wish): number {
  const oldest = sent[sent.length - perMinuteMax];
  return oldest === undefined ? 0 : oldest + MINUTE_MS - nowMs;
}

function forget({ inside, sent }: AccountState, nowMs: number): void {
  for (const [id, seenMs] of inside) if (nowMs - seenMs > UNSEEN_MS) inside.delete(id);
  while (sent[0] !== undefined && nowMs - sent[0] >= MINUTE_MS) sent.shift();
}

const WHOLE = "";

function scopesOf({ upstreamModel }: Route): readonly string[] {
  return [WHOLE, `model ${upstreamModel}`];
}

/** What an error says about the account: all of it, one model at it, or nothing. */
function scopeOf(error: UpstreamError, { upstreamModel }: Route): string | null {
  if (error.code === "auth" || error.code === "quota_exhausted") return WHOLE;
  return error.code === "permission" ? `model ${upstreamModel}` : null;
}

function pausesOf(state: AccountState, route: Route): readonly Pause[] {
  return scopesOf(route).flatMap((scope) => state.paused.get(scope) ?? []);
}

/** When a pause is over one task goes out; until it is answered the pause goes on for the rest. */
function pauseNow(state: AccountState, route: Route, nowMs: number): Pause | null {
  return pausesOf(state, route).find(({ untilMs }) => untilMs > nowMs) ?? null;
}

interface Standing {
  readonly word: AccountHealth["state"];
  /** On the monotonic clock. */
  readonly untilMs: number | null;
}

function standing(state: AccountState, wish: Wish): Standing {
  const { nowMs } = wish;
  const pause = pauseNow(state, wish.route, nowMs);
  if (pause !== null) return { word: "paused", untilMs: pause.untilMs };
  const circuitMs = state.circuit.restMs(nowMs);
  if (circuitMs > 0) return { word: "circuit", untilMs: nowMs + circuitMs };
  if (state.restUntilMs > nowMs) return { word: "resting", untilMs: state.restUntilMs };
  const isFull = state.inside.size >= wish.concurrencyMax;
  if (isFull || rateWaitMs(state, wish) > 0) return { word: "busy", untilMs: null };
  return { word: "healthy", untilMs: null };
}

/** Whether the upstream is alive: a refusal is an answer too. */
function isAnswer(outcome: SubmitOutcome): boolean {
  if (outcome.kind === "unknown") return false;
  return outcome.kind !== "rejected" || outcome.error.code !== "upstream_unavailable";
}

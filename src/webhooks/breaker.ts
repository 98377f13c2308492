import type { Clock } from "../lib/clock.ts";

/**
 * Holds back from hosts that mostly fail: one try a minute until one succeeds. Each project has its
 * own: by failing on purpose one could keep others from a host that they share.
 */
export interface Breaker {
  /** Whether a host may be tried now; while it is held back, `true` once a minute. */
  mayTry(host: string): boolean;
  isOpen(host: string): boolean;
  /** Remembers what a try came to. */
  note(host: string, failed: boolean): void;
}

const MINUTE_MS = 60_000;
const WINDOW_MINUTES = 5;
const TRIES_MIN = 10;
const FAILED_SHARE = 0.7;
const HOSTS_MAX = 4_096;

interface Host {
  /** Tries of the last minutes, the oldest first. */
  readonly minutes: readonly Minute[];
  /** When the next probe may leave, or `null` while nothing is held back. Monotonic. */
  readonly probeAtMs: number | null;
}

interface Minute {
  readonly number: number;
  readonly tries: number;
  readonly failures: number;
}

const FRESH: Host = { minutes: [], probeAtMs: null };

/**
 * Makes the breaker. It opens when ten or more tries of the last five minutes failed by seven in
 * ten, and closes with the first success. What is held back keeps its place in the schedule.
 */
export function createBreaker(clock: Clock): Breaker {
  const hosts = new Map<string, Host>();
  const put = (host: string, next: Host): void => {
    hosts.delete(host);
    hosts.set(host, next);
    const oldest = hosts.keys().next();
    if (hosts.size > HOSTS_MAX && oldest.done !== true) hosts.delete(oldest.value);
  };
  return {
    isOpen: (host) => (hosts.get(host) ?? FRESH).probeAtMs !== null,
    mayTry(host) {
      const known = hosts.get(host) ?? FRESH;
      if (known.probeAtMs === null) return true;
      const nowMs = clock.monotonicMs();
      if (nowMs < known.probeAtMs) return false;
      put(host, { ...known, probeAtMs: nowMs + MINUTE_MS });
      return true;
    },
    note(host, failed) {
      const known = hosts.get(host) ?? FRESH;
      const nowMs = clock.monotonicMs();
      if (!failed && known.probeAtMs !== null) return put(host, FRESH);
      const minutes = counted(known.minutes, Math.floor(nowMs / MINUTE_MS), failed);
      const probeAtMs = known.probeAtMs ?? (isFailing(minutes) ? nowMs + MINUTE_MS : null);
      put(host, { minutes, probeAtMs });
    },
  };
}

function counted(minutes: readonly Minute[], now: number, failed: boolean): readonly Minute[] {
  const recent = minutes.filter(({ number }) => number > now - WINDOW_MINUTES);
  const last = recent.at(-1);
  const current = last?.number === now ? last : { number: now, tries: 0, failures: 0 };
  const before = last?.number === now ? recent.slice(0, -1) : recent;
  const failures = current.failures + (failed ? 1 : 0);
  return [...before, { number: now, tries: current.tries + 1, failures }];
}

function isFailing(minutes: readonly Minute[]): boolean {
  const tries = minutes.reduce((sum, minute) => sum + minute.tries, 0);
  const failures = minutes.reduce((sum, minute) => sum + minute.failures, 0);
  return tries >= TRIES_MIN && failures >= tries * FAILED_SHARE;
}

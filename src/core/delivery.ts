/** How one event reaches one callback. `waiting` is the only state that is not an end. */
export type DeliveryState = "waiting" | "delivered" | "refused" | "exhausted";

/** A delivery that is due, with all that is needed to send it. */
export interface DueDelivery {
  readonly id: string;
  readonly eventId: string;
  readonly projectId: string;
  readonly taskId: string;
  readonly url: string;
  /** Whether the submit came from this machine, so that a loopback target may be allowed. */
  readonly loopbackAllowed: boolean;
  /** The exact bytes, frozen when the task ended. */
  readonly body: string;
  /** Tries made before this one. */
  readonly tries: number;
  readonly fence: number;
}

/** What one try came to. Times are milliseconds since 1970. */
export interface DeliveryTry {
  readonly id: string;
  readonly deliveryId: string;
  readonly number: number;
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** HTTP status, or `null` when no answer came. */
  readonly status: number | null;
  /** `timeout`, `dns`, `refused_address`, `connect`, `tls`, `reset`, …; `null` for an answer. */
  readonly errorClass: string | null;
  /** The first 1,024 characters of the answer. */
  readonly excerpt: string;
}

/** Milliseconds from one try to the next: 11 tries in 21 h 43 min, inside the life of the links. */
export const RETRY_DELAYS_MS: readonly number[] = [
  5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 21_600_000,
  28_800_000,
];

/** What happens after a try. */
export type DeliveryVerdict =
  | { readonly state: "delivered" | "refused" | "exhausted" }
  | { readonly state: "waiting"; readonly dueAtMs: number };

/** The facts by which a try is judged. */
export interface TryFacts {
  readonly status: number | null;
  /** Tries made, this one included. */
  readonly tries: number;
  readonly nowMs: number;
  /** What the receiver asked for, or `null`. */
  readonly retryAfterMs: number | null;
  /** Evenly drawn from 0 to 1, spreads the tries by a fifth to either side. */
  readonly chance: number;
}

/**
 * Decides what follows a try: 2xx is delivered; network errors, 5xx, 408, 425 and 429 are tried
 * again; any other answer, redirects included, is a refusal.
 */
export function judgeTry(facts: TryFacts): DeliveryVerdict {
  const { status } = facts;
  if (status !== null && status >= 200 && status < 300) return { state: "delivered" };
  const again = status === null || status >= 500 || [408, 425, 429].includes(status);
  if (!again) return { state: "refused" };
  const delayMs = RETRY_DELAYS_MS[facts.tries - 1];
  if (delayMs === undefined) return { state: "exhausted" };
  const jittered = delayMs * (0.8 + 0.4 * facts.chance);
  const asked = Math.min(Math.max(facts.retryAfterMs ?? 0, jittered), 2 * delayMs);
  return { state: "waiting", dueAtMs: Math.round(facts.nowMs + Math.max(jittered, asked)) };
}

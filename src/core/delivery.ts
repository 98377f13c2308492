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
  /** The exact bytes of the flat body, frozen when the task ended. */
  readonly body: string;
  /** Whether the body is sent inside `{code, data}`; frozen with it. */
  readonly wrapped: boolean;
  /** Tries made before this one. */
  readonly tries: number;
  /** Those of them that belong to earlier rounds: each redelivery begins the schedule anew. */
  readonly roundFrom: number;
  /** Whether the project wants refusals (4xx) to be tried again. */
  readonly retry4xx: boolean;
  readonly secret: SecretTurn;
  readonly fence: number;
}

/** Which of a project's webhook secrets is in force; it is derived and never stored. */
export interface SecretTurn {
  /** 0 for the first secret, one more after each rotation. */
  readonly turn: number;
  /** When it took over, or `null` for the first. */
  readonly turnedAtMs: number | null;
}

/** For how long the former secret signs beside the present one, milliseconds. */
export const SECRET_OVERLAP_MS = 86_400_000;

/** A delivery as its project sees it. */
export interface DeliveryView {
  readonly id: string;
  readonly eventId: string;
  readonly taskId: string;
  readonly url: string;
  readonly state: DeliveryState;
  /** `endpoint_gone` or `endpoint_failing` when nothing was sent for that; else `null`. */
  readonly reason: string | null;
  /** When the next try is due, or `null` after the end. */
  readonly dueAtMs: number | null;
  readonly createdAtMs: number;
  readonly tries: readonly DeliveryTry[];
}

/** A delivery with what was sent to its receiver. */
export interface SentDelivery extends DeliveryView {
  /** The exact bytes of the flat body. */
  readonly body: string;
  /** Whether they were sent inside `{code, data}`. */
  readonly wrapped: boolean;
  /** Our own headers of each try, by its number; those that were not kept are absent. */
  readonly headers: ReadonlyMap<number, Readonly<Record<string, string>>>;
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
  /** Tries made in this round, this one included. */
  readonly tries: number;
  /** Whether refusals are tried again. */
  readonly retry4xx: boolean;
  readonly nowMs: number;
  /** What the receiver asked for, or `null`. */
  readonly retryAfterMs: number | null;
  /** Evenly drawn from 0 to 1, spreads the tries by a fifth to either side. */
  readonly chance: number;
}

/**
 * Decides what follows a try: 2xx is delivered; network errors, 5xx, 408, 425 and 429 are tried
 * again; any other answer, redirects included, is a refusal, unless the project wants 4xx to be
 * tried again; 410 always is.
 */
export function judgeTry(facts: TryFacts): DeliveryVerdict {
  const { status } = facts;
  if (status !== null && status >= 200 && status < 300) return { state: "delivered" };
  const again =
    status === null ||
    status >= 500 ||
    [408, 425, 429].includes(status) ||
    (facts.retry4xx && status >= 400 && status !== 410);
  if (!again) return { state: "refused" };
  const delayMs = RETRY_DELAYS_MS[facts.tries - 1];
  if (delayMs === undefined) return { state: "exhausted" };
  const jittered = delayMs * (0.8 + 0.4 * facts.chance);
  const asked = Math.min(Math.max(facts.retryAfterMs ?? 0, jittered), 2 * delayMs);
  return { state: "waiting", dueAtMs: Math.round(facts.nowMs + Math.max(jittered, asked)) };
}

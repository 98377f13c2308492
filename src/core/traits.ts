/** What an upstream can do, as data that the engine decides by. */
export interface ProviderTraits {
  /** How the end of a job is learnt. */
  readonly completion: readonly ("immediate" | "poll" | "callback")[];
  /**
   * What can be done about a submit without an answer: send again under the same key, ask by our
   * reference, search a list, nothing, or simply run again because it costs nothing.
   */
  readonly resubmit: "idempotency-key" | "client-id" | "reconcile" | "blind" | "free";
  readonly cancel: "none" | "queued" | "any";
  /** Whether jobs are forgotten when the upstream restarts (local servers). */
  readonly volatile: boolean;
  /** Whether jobs run inside this very process, so that no other node can ask about them. */
  readonly inProcess?: boolean;
  readonly pollMs: { readonly min: number; readonly start: number; readonly max: number };
  /** How long an upstream may take to register a submit that it did not answer. */
  readonly graceMs: number;
  /** After this long without an end the task counts as stalled (it is still asked for). */
  readonly softLimitMs: number;
  /** How long the result's links live, or `null` when they do not expire. */
  readonly resultTtlMs: number | null;
}

/** An upstream whose one call gives the result: an answer that is lost cannot be asked for. */
export function blockingTraits(softLimitMs: number): ProviderTraits {
  return {
    completion: ["immediate"],
    resubmit: "blind",
    cancel: "none",
    volatile: false,
    pollMs: { min: 1_000, start: 1_000, max: 1_000 },
    graceMs: 0,
    softLimitMs,
    resultTtlMs: null,
  };
}

/** What most services with jobs have in common: they are polled, and nothing else can be done. */
export const PLAIN_JOBS: Pick<
  ProviderTraits,
  "completion" | "resubmit" | "cancel" | "volatile" | "graceMs"
> = { completion: ["poll"], resubmit: "blind", cancel: "none", volatile: false, graceMs: 0 };

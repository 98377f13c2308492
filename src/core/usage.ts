import type { Millicredits } from "./money.ts";

/** Sums over tasks that are alike; a dimension that was not asked for is `null`. */
export interface UsageRow {
  /** Whole days since 1970, UTC. */
  readonly day: number | null;
  readonly model: string | null;
  /** Empty for tasks without one. */
  readonly keyId: string | null;
  readonly keyName: string | null;
  /** The last that was asked; empty for tasks that none was asked to make. */
  readonly provider: string | null;
  readonly tasks: number;
  readonly finished: number;
  /** Those that nobody canceled. */
  readonly failed: number;
  readonly canceled: number;
  readonly credits: Millicredits;
  /** From accept to end of those that finished; `null` when none did. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

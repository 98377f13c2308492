import type { Task } from "../../src/core/task.ts";
import type { ViewedAttempt } from "../../src/store/view-store.ts";
import type { Scenario } from "./points.ts";
import type { Armed } from "./taps.ts";

/** How a node is set up; its only argument, as JSON. */
export interface NodeSetup {
  readonly name: string;
  readonly dataDir: string;
  /** Shared by the nodes of a case. */
  readonly filesDir: string;
  readonly databaseUrl: string | null;
  readonly upstreamUrl: string;
  readonly callbackUrl: string;
  readonly scenario: Scenario;
  readonly armed: Armed | null;
}

/** What a node sees at the end. */
export interface NodeReport {
  readonly stage: Task["stage"];
  readonly errorCode: string | null;
  readonly attempts: readonly Pick<ViewedAttempt, "state" | "billed">[];
  /** Files whose bytes are not what their rows say. */
  readonly hollow: number;
  readonly files: number;
  readonly balance: number;
  readonly charged: number;
  readonly tries: number;
}

/** A lease short enough to run out in a test. */
export const LEASE_MS = 1_500;

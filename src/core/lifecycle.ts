import type { Happening } from "./move.ts";
import type { TaskStage } from "./task.ts";

/** One allowed change of stage. */
export interface AllowedMove {
  readonly from: TaskStage;
  readonly on: Happening["kind"];
  readonly to: TaskStage;
  /** When it happens, for the page on the life of a task. */
  readonly when: string;
}

/** Every change of stage there is; the page on the life of a task is made from it. */
export const MOVES: readonly AllowedMove[] = [
  { from: "queued", on: "declined", to: "queued", when: "the next route takes it" },
  { from: "queued", on: "declined", to: "failed", when: "no route can or may do the input" },
  {
    from: "queued",
    on: "held",
    to: "queued",
    when: "the account is busy or resting, or the disk is nearly full",
  },
  { from: "queued", on: "canceled", to: "failed", when: "canceled before anything was sent" },
  { from: "queued", on: "overdue", to: "failed", when: "the hard limit passed" },
  { from: "submitting", on: "submitted", to: "polling", when: "the provider took the task" },
  { from: "submitting", on: "submitted", to: "collecting", when: "the provider answered at once" },
  { from: "submitting", on: "submitted", to: "queued", when: "refused for now, or by one route" },
  { from: "submitting", on: "submitted", to: "failed", when: "refused for good" },
  { from: "submitting", on: "submitted", to: "unknown", when: "no definite answer came" },
  { from: "submitting", on: "interrupted", to: "unknown", when: "the process died on the way" },
  { from: "submitting", on: "interrupted", to: "queued", when: "the same, where a run is free" },
  { from: "submitting", on: "interrupted", to: "failed", when: "the same, too often" },
  { from: "submitting", on: "overdue", to: "failed", when: "the hard limit passed" },
  { from: "unknown", on: "submitted", to: "polling", when: "the same key was sent again: taken" },
  { from: "unknown", on: "submitted", to: "collecting", when: "the same: answered at once" },
  { from: "unknown", on: "submitted", to: "queued", when: "the same, where a run is free" },
  { from: "unknown", on: "submitted", to: "failed", when: "the same: refused for good" },
  { from: "unknown", on: "submitted", to: "unknown", when: "the same: still no answer" },
  { from: "unknown", on: "searched", to: "polling", when: "the job was found" },
  { from: "unknown", on: "searched", to: "unknown", when: "not found yet, within the grace" },
  { from: "unknown", on: "searched", to: "queued", when: "proved absent after the grace" },
  { from: "unknown", on: "searched", to: "failed", when: "cannot be known" },
  { from: "unknown", on: "polled", to: "polling", when: "a callback told the lost job" },
  { from: "unknown", on: "polled", to: "collecting", when: "the same, and it is done" },
  { from: "unknown", on: "polled", to: "queued", when: "the same, it failed, nothing was bought" },
  { from: "unknown", on: "polled", to: "failed", when: "the same, the provider's verdict" },
  { from: "unknown", on: "contested", to: "unknown", when: "another submit was told the same job" },
  { from: "unknown", on: "contested", to: "queued", when: "the same, where a run is free" },
  { from: "unknown", on: "overdue", to: "failed", when: "the hard limit passed" },
  { from: "polling", on: "polled", to: "polling", when: "not ready, or the question failed" },
  { from: "polling", on: "polled", to: "collecting", when: "the result is known" },
  { from: "polling", on: "polled", to: "queued", when: "it failed and nothing was bought" },
  { from: "polling", on: "polled", to: "failed", when: "the provider's verdict" },
  { from: "polling", on: "contested", to: "unknown", when: "another submit was told the same job" },
  { from: "polling", on: "contested", to: "queued", when: "the same, where a run is free" },
  { from: "polling", on: "canceled", to: "failed", when: "canceled at the provider" },
  { from: "polling", on: "overdue", to: "failed", when: "the hard limit passed" },
  { from: "collecting", on: "collected", to: "finished", when: "every byte is ours" },
  { from: "collecting", on: "not-collected", to: "collecting", when: "the copy is tried again" },
  { from: "collecting", on: "not-collected", to: "polling", when: "a fresh link is asked for" },
  { from: "collecting", on: "not-collected", to: "queued", when: "gone, where a run is free" },
  { from: "collecting", on: "not-collected", to: "failed", when: "the bytes cannot be had" },
  {
    from: "collecting",
    on: "contested",
    to: "unknown",
    when: "another submit was told the same job",
  },
  { from: "collecting", on: "contested", to: "queued", when: "the same, where a run is free" },
  { from: "collecting", on: "canceled", to: "failed", when: "canceled before the end" },
  { from: "collecting", on: "overdue", to: "failed", when: "the hard limit passed" },
];

import type { Happening } from "./move.ts";
import type { UpstreamError } from "./outcome.ts";
import type { AttemptState, TaskStage } from "./task.ts";

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
  { from: "submitting", on: "canceled", to: "failed", when: "canceled before it was answered" },
  { from: "submitting", on: "overdue", to: "failed", when: "the hard limit passed" },
  { from: "unknown", on: "submitted", to: "polling", when: "the same key was sent again: taken" },
  { from: "unknown", on: "submitted", to: "collecting", when: "the same: answered at once" },
  { from: "unknown", on: "submitted", to: "queued", when: "the same, where a run is free" },
  { from: "unknown", on: "submitted", to: "failed", when: "the same: refused for good" },
  { from: "unknown", on: "submitted", to: "unknown", when: "the same: still no answer" },
  { from: "unknown", on: "searched", to: "polling", when: "the job was found" },
  { from: "unknown", on: "searched", to: "unknown", when: "not found yet, within the grace" },
  {
    from: "unknown",
    on: "searched",
    to: "queued",
    when: "proved absent after the grace, or the route says to retry",
  },
  { from: "unknown", on: "searched", to: "failed", when: "cannot be known" },
  { from: "unknown", on: "polled", to: "polling", when: "a callback told the lost job" },
  { from: "unknown", on: "polled", to: "collecting", when: "the same, and it is done" },
  { from: "unknown", on: "polled", to: "queued", when: "the same, it failed, nothing was bought" },
  { from: "unknown", on: "polled", to: "failed", when: "the same, the provider's verdict" },
  { from: "unknown", on: "contested", to: "unknown", when: "another submit was told the same job" },
  { from: "unknown", on: "contested", to: "queued", when: "the same, where a run is free" },
  { from: "unknown", on: "canceled", to: "failed", when: "canceled while nobody knew" },
  { from: "unknown", on: "overdue", to: "failed", when: "the hard limit passed" },
  { from: "polling", on: "polled", to: "polling", when: "not ready, or the question failed" },
  { from: "polling", on: "polled", to: "collecting", when: "the result is known" },
  { from: "polling", on: "polled", to: "queued", when: "it failed and nothing was bought" },
  { from: "polling", on: "polled", to: "failed", when: "the provider's verdict" },
  { from: "polling", on: "polled", to: "finished", when: "the rest is gone; some files are ours" },
  { from: "polling", on: "contested", to: "unknown", when: "another submit was told the same job" },
  { from: "polling", on: "contested", to: "queued", when: "the same, where a run is free" },
  {
    from: "polling",
    on: "canceled",
    to: "failed",
    when: "canceled; the provider is told after it",
  },
  { from: "polling", on: "overdue", to: "failed", when: "the hard limit passed" },
  { from: "collecting", on: "collected", to: "finished", when: "every byte is ours" },
  { from: "collecting", on: "not-collected", to: "collecting", when: "the copy is tried again" },
  { from: "collecting", on: "not-collected", to: "polling", when: "a fresh link is asked for" },
  { from: "collecting", on: "not-collected", to: "queued", when: "gone, where a run is free" },
  {
    from: "collecting",
    on: "not-collected",
    to: "finished",
    when: "the rest cannot be had; some files are ours",
  },
  { from: "collecting", on: "not-collected", to: "failed", when: "no bytes can be had" },
  {
    from: "collecting",
    on: "contested",
    to: "unknown",
    when: "another submit was told the same job",
  },
  { from: "collecting", on: "contested", to: "queued", when: "the same, where a run is free" },
  { from: "collecting", on: "canceled", to: "failed", when: "canceled although it was made" },
  { from: "collecting", on: "overdue", to: "failed", when: "the hard limit passed" },
];

/** One way in which an attempt can end after its task was canceled or ran out of time. */
export interface InquiryEnd {
  readonly state: AttemptState;
  readonly billed: UpstreamError["billed"];
  /** When it happens, for the page on the life of a task. */
  readonly when: string;
}

/** Every such end there is. None of them changes the task. */
export const INQUIRY_ENDS: readonly InquiryEnd[] = [
  { state: "succeeded", billed: "yes", when: "the provider finished it all the same" },
  { state: "succeeded", billed: "no", when: "the same, where a run is free" },
  { state: "failed", billed: "yes", when: "it failed and was charged" },
  { state: "failed", billed: "no", when: "it failed and was not charged" },
  { state: "failed", billed: "unknown", when: "it failed; the provider does not say which" },
  { state: "canceled", billed: "yes", when: "stopped and charged" },
  { state: "canceled", billed: "no", when: "stopped and not charged, or proved never to be there" },
  { state: "canceled", billed: "unknown", when: "stopped; the provider does not say which" },
  { state: "rejected", billed: "no", when: "the provider refused the submit" },
  { state: "rejected", billed: "yes", when: "the same, and charged for it" },
  { state: "rejected", billed: "unknown", when: "the same; it does not say whether it charged" },
  { state: "lost", billed: "unknown", when: "the provider no longer knows the job" },
  { state: "lost", billed: "no", when: "the same, where a run is free" },
  { state: "unresolved", billed: "unknown", when: "it never said, or cannot be asked" },
  { state: "unresolved", billed: "no", when: "the same, where a run is free" },
];

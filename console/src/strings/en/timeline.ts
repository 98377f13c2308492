/** The words of a task's timeline. */
export const timelineWords = {
  names: { queue: "Waiting for a place", copy: "Copying files", callback: "Callback" },
  ends: { good: "done", bad: "refused or failed", open: "going on" },
};

/** The words of states; the task's are the four public ones and what canceled means. */
export const states = {
  task: {
    not_started: "Not started",
    running: "Running",
    finished: "Finished",
    failed: "Failed",
    canceled: "Failed, canceled",
  },
  key: {
    active: "Active",
    rotating: "Rotating",
    expired: "Expired",
    revoked: "Revoked",
  },
  inConsole: (tail: string) => `In the console, …${tail}`,
};

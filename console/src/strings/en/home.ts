/** The words of the first page of a project. */
export const home = {
  hello: (name: string) => `Hello, ${name}`,
  steps: {
    title: "Get going",
    done: "done",
    key: {
      title: "Create a key",
      text: "Your programs submit and read with it.",
      action: "Create key",
    },
    run: {
      title: "Run a model",
      text: "Offline runs are free and need no provider.",
      action: "Open the playground",
    },
    callback: {
      title: "Receive a callback",
      text: "Give callback_url with a submit, or send yourself a test.",
      action: "Send a test",
    },
    provider: {
      title: "Add a provider",
      text: "With a key of theirs, models run for real.",
      action: "See providers",
    },
  },
  running: "Running now",
  nothingRuns: "Nothing is running.",
  failed: "Failed in the last 24 h",
  noneFailed: "No failed tasks in the last 24 hours.",
  spent: "Spent in the last 24 h",
  made: "Made in the last 24 h",
  recent: "Latest results",
  all: "All",
};

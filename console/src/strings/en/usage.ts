/** The words of the ledger. */
export const ledgerWords = {
  caption: "Ledger",
  time: "Time",
  kind: "Entry",
  note: "For",
  credits: "Credits",
  change: "Balance",
  kinds: { grant: "Grant", hold: "Hold", settle: "Settle", release: "Given back" },
};

/** The words of the page of usage. */
export const usage = {
  lead: "What was made, what it cost and how long it took.",
  spans: { "24h": "24 hours", "7d": "7 days", "30d": "30 days", "90d": "90 days" },
  span: "Time",
  by: "Break down by",
  groups: { none: "Nothing", model: "Model", key: "Key", provider: "Provider" },
  figures: { spend: "Spend", tasks: "Tasks", failures: "Failed", latency: "Median time" },
  spend: "Credits",
  made: "Tasks",
  failed: "Failed tasks",
  p50: "Median",
  p95: "95th percentile",
  seconds: "Seconds",
  csv: "Export CSV",
  table: "As a table",
  ledger: "Ledger",
  balance: "Balance",
  day: "Day",
  group: "Group",
  total: "All",
  none: "Nothing in this span yet. A line appears with the first task.",
  more: "Show more",
  share: "of tasks failed",
};

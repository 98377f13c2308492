/** The words of the ledger. */
export const ledgerWords = {
  caption: "Ledger",
  time: "Time",
  kind: "Entry",
  note: "For",
  credits: "Credits",
  change: "Change of the balance",
  kinds: { grant: "Grant", hold: "Hold", settle: "Settle", release: "Given back" },
};

/** The words of charts. */
export const chartWords = { table: "As a table", day: "Day", all: "All" };

/** The words of the page of usage. */
export const usage = {
  lead: "What was made, what it cost and how long it took. Days are UTC.",
  spans: { "24h": "24 hours", "7d": "7 days", "30d": "30 days", "90d": "90 days" },
  span: "Time",
  by: "Break down by",
  groups: { none: "All", model: "Model", key: "Key", provider: "Provider" },
  figures: { spend: "Credits", tasks: "Tasks", failures: "Failed", latency: "Median time" },
  spend: "Credits",
  made: "Tasks",
  failed: "Failed tasks",
  latency: "Time from accept to end",
  p50: "Median",
  p95: "95th percentile",
  csv: "Export CSV",
  share: "of what ended",
  total: chartWords.all,
  rest: "Others",
  noKey: "Without a key",
  noProvider: "Not asked",
  more: "Show more",
};

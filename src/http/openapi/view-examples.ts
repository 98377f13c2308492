import type { JsonObject } from "../../lib/json.ts";

const ITEM: JsonObject = {
  task_id: "task-unified-1795170600-4kx0c2m9q7w3v5t8r1y6z2a4b0",
  status: "finished",
  phase: "finished",
  created_time: "2026-11-20T10:30:00",
  started_time: "2026-11-20T10:30:01",
  finished_time: "2026-11-20T10:31:32",
  duration_ms: 92_104,
  progress: 100,
  error_message: null,
  model: "kling-3.0/standard",
  kind: "video",
  prompt: "A paper boat crosses a flooded street",
  mode: "live",
  key_id: "key_7qd20p1x9c8v6b5n4m3l2k1j0h",
  key_name: "render-prod",
  provider: "kling",
  account: "main",
  error_code: null,
  credits: "195",
  held: "0",
  files: 1,
  pieces: 1,
  thumb_url: null,
  colour: null,
  width: 1280,
  height: 720,
  duration_s: 5.04,
  starred: false,
  expires_time: "2026-11-21T10:31:32",
};

const USAGE: JsonObject = {
  ...{ day: null, model: null, key_id: null, key_name: null, provider: null },
  ...{ tasks: 40, finished: 38, failed: 1, canceled: 1, failure_rate: 0.0256 },
  ...{ credits: "1204.5", p50_ms: 41_200, p95_ms: 96_800 },
};

const PROVIDER_KEY: JsonObject = {
  ...{ key_id: "pky_7w3v5t8r1y6z2a4b0c8d6e4f2g", provider: "xai", account: "console" },
  ...{ host: "api.x.ai", last4: "a1f3", created_time: "2026-11-20T10:30:00", readable: true },
};

const TASK: JsonObject = {
  ...ITEM,
  input: { prompt: "A paper boat crosses a flooded street", duration: 5, sound: true },
  callback_url: "https://hooks.example.com/in",
  cancel_time: null,
  soft_limit_time: "2026-11-20T11:00:00",
  hard_limit_time: "2026-11-21T10:30:00",
  wiped_time: null,
  substitute: null,
  poll_after_ms: null,
  routes: [{ provider: "kling", account: "main", upstream_model: "kling-v3" }],
  money: { held: "195", settled: "195", released: "0" },
  seed: null,
  results: [{ file_url: "https://media.example.com/files/file_1-mac.mp4", file_type: "video" }],
  files: [
    {
      file_id: "file_9c1e0x2m9q7w3v5t8r1y6z2a4b",
      position: 0,
      file_url: "https://media.example.com/files/file_9c1e0x2m9q7w3v5t8r1y6z2a4b-mac.mp4",
      media_type: "video/mp4",
      size_bytes: 8_412_330,
      sha256: "9c1e".repeat(16),
      width: 1280,
      height: 720,
      duration_s: 5.04,
      colour: "#3a5a6b",
      thumb_url: "https://media.example.com/previews/file_9c1e0x2m9q7w3v5t8r1y6z2a4b-mac.s.webp",
      poster_url: "https://media.example.com/previews/file_9c1e0x2m9q7w3v5t8r1y6z2a4b-mac.m.webp",
      peaks_url: null,
      created_time: "2026-11-20T10:31:32",
      expires_time: "2026-11-21T10:31:32",
      deleted_time: null,
      gone: false,
    },
  ],
  attempts: [
    {
      attempt_id: "att_2m9q7w3v5t8r1y6z2a4b0c8d6e",
      number: 1,
      provider: "kling",
      account: "main",
      upstream_model: "kling-v3",
      upstream_id: "881734561",
      state: "succeeded",
      billed: "yes",
      cost: { amount: "3.5", unit: "credits" },
      error_code: null,
      error_message: null,
      troubles: 0,
      intent_time: "2026-11-20T10:30:00",
      accepted_time: "2026-11-20T10:30:01",
      produced_time: "2026-11-20T10:31:30",
      ended_time: "2026-11-20T10:31:32",
      intent_ms: 1_795_170_600_390,
      accepted_ms: 1_795_170_601_204,
      produced_ms: 1_795_170_690_150,
      ended_ms: 1_795_170_692_104,
      request: { prompt: "A paper boat crosses a flooded street", duration: "5" },
      response: { operation: { taskId: "881734561" }, artifacts: [] },
      meta: { final_unit_deduction: "3.5" },
      notes: [],
    },
  ],
  events: [
    {
      time: "2026-11-20T10:30:00",
      at_ms: 1_795_170_600_204,
      kind: "accepted",
      attempt: null,
      facts: { credits: "195" },
    },
  ],
  deliveries: [],
  ledger: [
    {
      ledger_id: "led_7w3v5t8r1y6z2a4b0c8d6e4f2g",
      task_id: "task-unified-1795170600-4kx0c2m9q7w3v5t8r1y6z2a4b0",
      kind: "hold",
      credits: "195",
      change: "-195",
      note: "kling-3.0/standard",
      created_time: "2026-11-20T10:30:00",
    },
  ],
  lineage: { sources: [], creations: [] },
};

/** Data of answers as they may look, by the name of their schema. */
export const VIEW_EXAMPLES: Readonly<Record<string, JsonObject>> = {
  Tasks: { tasks: [ITEM], cursor: "MTc5NTE3MDYwMCB0YXNr", newest: "MTc5NTE3MDYwMCB0YXNr" },
  Task: TASK,
  Usage: {
    from: "2026-11-19T00:00:00",
    to: "2026-11-20T10:30:00",
    by: ["day"],
    rows: [
      { ...USAGE, day: "2026-11-19", tasks: 30, finished: 28, failed: 1 },
      { ...USAGE, day: "2026-11-20", tasks: 10, finished: 10, failed: 0, canceled: 0 },
    ],
    total: USAGE,
  },
  ModelHealth: {
    from: "2026-11-13T10:30:00",
    to: "2026-11-20T10:30:00",
    models: [
      {
        ...{ id: "kling-3.0/standard", tasks: 900, success_rate: 0.9756 },
        ...{ p50_ms: 91_200, p95_ms: 160_300 },
        routes: [
          {
            ...{ provider: "kling", account: "main", upstream_model: "kling-v3" },
            ...{ substitute: false, state: "circuit", until_time: "2026-11-20T10:30:30" },
          },
        ],
      },
    ],
  },
  Providers: {
    offline: "auto",
    providers: [
      {
        ...{ name: "xai", state: "paused", until_time: "2026-11-20T10:35:00", in_flight: 0 },
        ...{ models: ["grok-imagine"], activated_by: "XAI_API_KEY" },
        accounts: [
          {
            ...{ account: "console", source: "console", host: "api.x.ai", state: "paused" },
            ...{ until_time: "2026-11-20T10:35:00", in_flight: 0 },
            ...{ concurrency_max: null, per_minute_max: null },
            last_error: {
              ...{ code: "auth", message: "The provider refused the key" },
              time: "2026-11-20T10:30:00",
            },
          },
        ],
      },
    ],
    keys: [PROVIDER_KEY],
  },
  ProviderKey: { ...PROVIDER_KEY, active: true, others_need_restart: false },
  ProviderKeyRemoved: {
    ...{ key_id: String(PROVIDER_KEY.key_id), removed: true },
    ...{ active: true, others_need_restart: false },
  },
  System: {
    ...{ version: "0.1.0", started_time: "2026-11-20T08:00:00", uptime_s: 9_000, role: "all" },
    ...{ database: "sqlite", queue: [{ stage: "queued", tasks: 3 }], due_lag_ms: 12 },
    ...{ deliveries_waiting: 1, delivery_lag_ms: 0, disk_free_bytes: 61_203_283_968 },
    files: { kept: 1_204, bytes: 9_120_334_112, expiring_24h: 310 },
    writer: { writes: 40_122, p50_ms: 1.2, p99_ms: 8.4 },
    settings: [{ name: "PORT", origin: "default", value: "8787", secret: false }],
  },
  Ledger: {
    entries: [
      {
        ledger_id: "led_7w3v5t8r1y6z2a4b0c8d6e4f2g",
        task_id: null,
        kind: "grant",
        credits: "100000",
        change: "100000",
        note: "start",
        created_time: "2026-11-20T10:30:00",
      },
    ],
    cursor: null,
  },
  Kept: { task_id: String(ITEM.task_id), files: 1, expires_time: "2026-12-20T10:31:32" },
  FilesDeleted: { task_id: String(ITEM.task_id), deleted: 1 },
  Starred: { task_id: String(ITEM.task_id), starred: true },
  TaskCounts: {
    total: 1_284,
    status: { not_started: 3, running: 12, finished: 1_238, failed: 31 },
    canceled: 4,
    unknown: 1,
    held: "2340",
    models: [
      { value: "kling-3.0/standard", count: 900 },
      { value: "flux-2-pro", count: 384 },
    ],
    kinds: [
      { value: "video", count: 900 },
      { value: "image", count: 384 },
    ],
    modes: [{ value: "live", count: 1_284 }],
    keys: [{ value: "key_7qd20p1x9c8v6b5n4m3l2k1j0h", count: 1_284, name: "render-prod" }],
  },
};

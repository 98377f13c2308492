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
  thumb_url: null,
  colour: null,
  expires_time: "2026-11-21T10:31:32",
};

/** Data of answers as they may look, by the name of their schema. */
export const VIEW_EXAMPLES: Readonly<Record<string, JsonObject>> = {
  Tasks: { tasks: [ITEM], cursor: "MTc5NTE3MDYwMCB0YXNr", newest: "MTc5NTE3MDYwMCB0YXNr" },
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

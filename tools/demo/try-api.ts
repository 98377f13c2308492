import { setTimeout as pause } from "node:timers/promises";
import { isJsonObject, type JsonObject } from "../../src/lib/json.ts";

/** The API as a client sees it: URLs, a key and nothing of the program. */
export interface Api {
  submit(model: string, input: JsonObject): Promise<string>;
  /** Resolves when the task has ended, with what the status endpoint says. */
  wait(taskId: string): Promise<JsonObject>;
  musicDetail(taskId: string): Promise<JsonObject>;
  /** Fetches a file as anybody could, without a key. */
  fetch(url: string): Promise<{ readonly mediaType: string; readonly bytes: Buffer }>;
}

const POLL_MS = 100;
const WAIT_MS = 600_000;

/** Opens the API at a URL. */
export function openApi(url: string, key: string): Api {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const ask = async (method: string, path: string, body?: JsonObject): Promise<JsonObject> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(url + path, { method, headers, ...sent });
    const told: unknown = await answer.json();
    if (isJsonObject(told) && told.code === 200 && isJsonObject(told.data)) return told.data;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(told)}`);
  };
  return {
    async submit(model, input) {
      const { task_id: taskId } = await ask("POST", "/api/generate/submit", { model, input });
      return String(taskId);
    },
    async wait(taskId) {
      const lastMs = performance.now() + WAIT_MS;
      while (performance.now() < lastMs) {
        const data = await ask("GET", `/api/generate/status/${taskId}`);
        if (data.status === "finished" || data.status === "failed") return data;
        await pause(POLL_MS);
      }
      throw new Error(`${taskId} has not ended after ${WAIT_MS / 1000} s`);
    },
    musicDetail: (taskId) => ask("GET", `/api/generate/detail/music?task_id=${taskId}`),
    async fetch(fileUrl) {
      const answer = await fetch(fileUrl);
      if (answer.status !== 200) throw new Error(`${fileUrl}: ${answer.status}`);
      const mediaType = answer.headers.get("content-type") ?? "";
      return { mediaType, bytes: Buffer.from(await answer.arrayBuffer()) };
    },
  };
}

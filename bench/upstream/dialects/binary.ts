import { setTimeout as sleep } from "node:timers/promises";
import { addRetryAfter, readFields, sendJson, textOf } from "../reply.ts";
import { sendContent } from "../results.ts";
import { type Submission, takeSubmit } from "../take-submit.ts";
import type { Call, Dialect, World } from "../world.ts";

/**
 * Synchronous upstreams without a job id: `POST /v1/music` answers with the song's bytes,
 * `POST /v1/images/generations` with base64. A lost answer is lost for good.
 */
export const binaryDialect: Dialect = {
  name: "binary",
  async handle(world, call) {
    const { pathname } = call.url;
    const music = pathname === "/v1/music";
    if (!music && pathname !== "/v1/images/generations") return false;
    const fields = readFields(call.body);
    const prompt = textOf(fields, "prompt");
    if (call.method !== "POST" || prompt === "") {
      sendError(call, 400, "prompt is required");
      return true;
    }
    await make(world, call, {
      dialect: "binary",
      prompt,
      model: textOf(fields, "model") || textOf(fields, "model_id"),
      kind: music ? "audio" : "image",
      price: music ? 250 : 50,
      reference: null,
      callbackUrl: null,
    });
    return true;
  },
};

async function make(world: World, call: Call, submission: Submission): Promise<void> {
  const taken = await takeSubmit(world, call, submission);
  switch (taken.kind) {
    case "accepted":
      await sleep(taken.job.workMs);
      if (submission.kind === "audio") return sendContent(call, taken.job);
      sendJson(call, 200, {
        created: Math.floor(taken.job.acceptedAtMs / 1000),
        data: [{ b64_json: taken.job.bytes.toString("base64") }],
      });
      return;
    case "limited":
      addRetryAfter(call, taken.retryAfterS);
      sendError(call, 429, "Too many requests");
      return;
    case "refused":
      sendJson(call, 400, {
        error: {
          message: "Refused",
          type: "image_generation_user_error",
          code: "moderation_blocked",
        },
      });
      return;
    case "error":
      sendError(call, 500, "Internal error");
      return;
    case "dealt-with":
  }
}

function sendError(call: Call, status: number, message: string): void {
  sendJson(call, status, { error: { message, type: "api_error", code: null } });
}

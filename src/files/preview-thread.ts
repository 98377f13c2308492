import { parentPort } from "node:worker_threads";
import { present } from "../lib/assert.ts";
import { makePreviews, NOTHING_MADE, type PreviewJob, type PreviewsMade } from "./preview-work.ts";

// Pictures are decoded and sounds are measured here, so that no HTTP answer waits for them.

const port = present(parentPort, "parentPort");
port.on("message", async (job: PreviewJob) => {
  port.postMessage(await attempt(job));
});

/** Bytes that cannot be read have no previews; that is no trouble of ours. */
async function attempt(job: PreviewJob): Promise<PreviewsMade> {
  try {
    return await makePreviews(job);
  } catch {
    return NOTHING_MADE;
  }
}

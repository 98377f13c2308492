import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openEngineBench } from "../../test/support/engine.ts";
import { scriptedProvider } from "../../test/support/scripted-provider.ts";
import { sampleFiles } from "../../test/support/wire-samples.ts";
import type { JsonObject } from "../lib/json.ts";
import { quoteTask } from "./submit.ts";

const MIB = 1024 * 1024;
const FIRST = { prompt: "rain", duration: 10 };
const SHOT = { prompt: "@cat", duration: 5, multi_shots: false, sound: true };

const bench = await openEngineBench({ providers: [scriptedProvider("upstream", ["sora-2"], {})] });
after(() => bench[Symbol.asyncDispose]());
const { context, projectId } = bench;

/** The link of an upload of this type and size. */
async function upload(mediaType: string, sizeBytes: number): Promise<string> {
  const [sample] = sampleFiles(mediaType);
  assert.ok(sample);
  const id = `file_${mediaType.replace("/", "_")}_${sizeBytes}`;
  const expiresAtMs = context.clock.nowMs() + 1_000;
  const row = { ...sample, id, projectId, taskId: null, sizeBytes, storageKey: id, expiresAtMs };
  await context.store.files.add(row);
  return context.fileUrl(row);
}

function quote(model: string, input: JsonObject): Promise<unknown> {
  return quoteTask(context, { projectId, mode: "live" }, { model, input, loopback: false });
}

test("checkOwnFiles() takes a file at its documented limit and refuses one beyond", async () => {
  const largest = await upload("image/png", 10 * MIB);
  const larger = await upload("image/png", 10 * MIB + 1);
  const moving = await upload("image/gif", 10);
  await quote("sora-2", { ...FIRST, image_urls: [largest] });
  const words = "image_urls[0] must be JPEG, PNG or WebP of at most 10 MB";
  for (const [url, got] of [
    [larger, "10.01 MB"],
    [moving, "GIF"],
  ] as const) {
    await assert.rejects(quote("sora-2", { ...FIRST, image_urls: [url] }), {
      code: "invalid_request",
      message: `${words} (got ${got})`,
    });
  }
  // Where no limit is documented, ours alone holds.
  await quote("sora-2-official", { prompt: "rain", image_urls: [moving] });
});

test("checkOwnFiles() looks into the elements of a shot", async () => {
  const [png, webp] = [await upload("image/png", 20), await upload("image/webp", 20)];
  const input = (pictures: readonly string[]) => ({
    ...SHOT,
    image_urls: [png],
    kling_elements: [{ name: "cat", element_input_urls: pictures }],
  });
  await quote("kling-3.0/pro", input([png, png]));
  await assert.rejects(quote("kling-3.0/pro", input([png, webp])), {
    message:
      "kling_elements[0].element_input_urls[1] must be JPEG or PNG of at most 10 MB (got WebP)",
  });
});

test("checkOwnFiles() leaves strangers' files to who fetches them", async () => {
  const image_urls = ["https://media.example.com/moving.gif"];
  await quote("sora-2", { ...FIRST, image_urls });
});

test("checkOwnFiles() says that a file of ours is gone", async () => {
  const image_urls = [await upload("image/png", 30)];
  await quote("sora-2", { ...FIRST, image_urls });
  await bench.clock.advance(1_000);
  await assert.rejects(quote("sora-2", { ...FIRST, image_urls }), {
    code: "invalid_request",
    message:
      "image_urls[0] names a file that is gone: its time has ended, or it was deleted; " +
      "upload it again",
  });
});

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { PICTURE } from "../../test/support/fakes/media.ts";
import { makeHandClock } from "../../test/support/hand-clock.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { GatewayError } from "../core/error.ts";
import type { FileRow } from "../core/file.ts";
import { openPreviews, type Previews } from "./previews.ts";

const FILE = {
  id: "file_1",
  storageKey: "k",
  mediaType: "image/png",
} as Partial<FileRow> as FileRow;

interface Rig {
  open(timeoutMs: number): Previews;
}

async function setup(): Promise<Rig> {
  const folder = scratchFolder("previews");
  const path = join(folder, "picture.png");
  await writeFile(path, PICTURE);
  return {
    open: (timeoutMs) =>
      openPreviews({
        root: join(folder, "previews"),
        files: { localPath: async () => path },
        clock: makeHandClock(),
        onColour: async () => {},
        timeoutMs,
      }),
  };
}

test("a picture that took too long once is made when it is asked for again", async () => {
  const { open } = await setup();
  const hurried = open(0);
  assert.equal(await hurried.pathOf(FILE, "small"), null);
  await hurried.close();
  const patient = open(30_000);
  assert.ok((await patient.pathOf(FILE, "small"))?.endsWith(".webp"));
  await patient.close();
});

test("close() refuses what is being made and what waits, and starts nothing more", async () => {
  const { open } = await setup();
  const previews = open(30_000);
  const asked = ["file_1", "file_2", "file_3"].map((id) =>
    previews.pathOf({ ...FILE, id }, "small").then(
      () => "made",
      (error: unknown) => (error instanceof GatewayError ? error.code : "failed"),
    ),
  );
  await previews.close();
  assert.deepEqual(await Promise.all(asked), ["unavailable", "unavailable", "unavailable"]);
});

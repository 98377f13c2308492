import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { PICTURE } from "../../test/support/fakes/media.ts";
import { makeHandClock } from "../../test/support/hand-clock.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import type { FileRow } from "../core/file.ts";
import { openPreviews, type Previews } from "./previews.ts";

const FILE = {
  id: "file_1",
  storageKey: "k",
  mediaType: "image/png",
} as Partial<FileRow> as FileRow;

test("a picture that took too long once is made when it is asked for again", async () => {
  const folder = scratchFolder("previews");
  const path = join(folder, "picture.png");
  await writeFile(path, PICTURE);
  const open = (timeoutMs: number): Previews =>
    openPreviews({
      root: join(folder, "previews"),
      files: { localPath: async () => path },
      clock: makeHandClock(),
      onColour: async () => {},
      timeoutMs,
    });
  const hurried = open(0);
  assert.equal(await hurried.pathOf(FILE, "small"), null);
  await hurried.close();
  const patient = open(30_000);
  assert.ok((await patient.pathOf(FILE, "small"))?.endsWith(".webp"));
  await patient.close();
});

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { requirePart } from "../../test/support/require.ts";
import { MEDIA, mediaBytes } from "./media.ts";

const PROBE = requirePart("ffmpeg", hasProbe(), "ffprobe is not installed");

for (const [kind, codec] of [
  ["image", "png"],
  ["video", "h264"],
  ["audio", "mp3"],
] as const) {
  test(`mediaBytes() makes a ${kind} that another decoder reads`, PROBE, (context) => {
    const folder = mkdtempSync(join(tmpdir(), "vidgo-media-"));
    context.after(() => rmSync(folder, { recursive: true }));
    const path = join(folder, `a.${MEDIA[kind].ending}`);
    writeFileSync(path, mediaBytes(kind, "zq-1-1 video_00000001"));
    const words = ["-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", path];
    const output = execFileSync("ffprobe", words, { encoding: "utf8" });
    assert.ok(output.split("\n").includes(codec), output);
  });

  test(`mediaBytes() makes a ${kind} that differs by its label`, () => {
    assert.deepEqual(mediaBytes(kind, "a"), mediaBytes(kind, "a"));
    assert.notDeepEqual(mediaBytes(kind, "a"), mediaBytes(kind, "b"));
  });
}

function hasProbe(): boolean {
  try {
    execFileSync("ffprobe", ["-version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

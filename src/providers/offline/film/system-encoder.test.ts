import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import {
  makeJob,
  needsChecker,
  openTestRoom,
  runChecker,
} from "../../../../test/support/render-room.ts";
import { renderFilm } from "./render.ts";

const room = openTestRoom();
const FFMPEG = needsChecker("ffmpeg");

async function shoot(encoder?: "ffmpeg"): Promise<{ path: string; notes: string }> {
  const input = { prompt: "a lighthouse at dusk", duration: 2, resolution: "480p" };
  const job = makeJob({ media: "video", model: "grok-imagine", input });
  const { artifacts, meta } = await renderFilm(encoder ? { ...job, encoder } : job, room);
  const source = artifacts[0]?.source;
  const path = join(room.folder, source?.kind === "staged" ? source.name : "");
  return { path, notes: JSON.stringify(meta) };
}

/** Frames and key frames as an independent decoder tells them, and its complaints. */
function look(path: string): { frames: number; keys: number; told: string } {
  const told = runChecker("ffmpeg", ["-v", "error", "-i", path, "-f", "null", "-"]);
  const entries = ["-show_entries", "frame=pict_type", "-of", "csv=p=0"];
  const rows = runChecker("ffprobe", ["-v", "error", "-select_streams", "v", ...entries, path]);
  const types = rows.match(/[IPB]/g) ?? [];
  return { frames: types.length, keys: types.filter((type) => type === "I").length, told };
}

test("renderFilm() lets the system's ffmpeg encode when that is set", FFMPEG, async () => {
  const { path, notes } = await shoot("ffmpeg");
  assert.match(notes, /The system's ffmpeg encoded the film/);
  const { frames, keys, told } = look(path);
  assert.equal(frames, 48);
  assert.equal(keys, 2);
  assert.equal(told, "");
  const bytes = runChecker("ffmpeg", ["-v", "error", "-i", path, "-f", "framemd5", "-"]);
  const own = await shoot();
  assert.doesNotMatch(own.notes, /ffmpeg/);
  assert.notEqual(
    bytes,
    runChecker("ffmpeg", ["-v", "error", "-i", own.path, "-f", "framemd5", "-"]),
  );
});

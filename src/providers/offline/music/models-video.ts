import { setImmediate as turn } from "node:timers/promises";
import { type Canvas, createCanvas, loadImage } from "@napi-rs/canvas";
import { encodeSound } from "../film/aac.ts";
import { collectGarbage } from "../film/garbage.ts";
import { FPS, openFrameEncoder } from "../film/h264.ts";
import { openMovie } from "../film/movie-file.ts";
import { toYuv } from "../film/yuv.ts";
import type { Renderer, RenderRoom } from "../job.ts";
import { paintCover } from "./cover.ts";
import { inputOf } from "./input.ts";
import { parentOf, soundOf } from "./parent.ts";
import { RATE, type Stage } from "./synth/stage.ts";
import { timedLines } from "./text/timed-lyrics.ts";
import { engineFacts } from "./track.ts";
import { drawFrame, type Scene } from "./video-frame.ts";

const SIZE = { width: 848, height: 480 } as const;
const QUANTIZER = 26;

/** `create-music-video`: the track with its cover, its moving spectrum and its words. */
export const createMusicVideo: Renderer = async (job, room) => {
  const parent = parentOf(job);
  const input = inputOf(job);
  const { score } = parent;
  const { fps = FPS } = job;
  const half = (from: number) => (done: number) => room.progress(from + done * 0.15);
  const sound = await soundOf(parent, { signal: room.signal, progress: half(0) });
  const cover = await paintCover({ ...score, size: 512 });
  const scene: Scene = {
    size: SIZE,
    backdrop: await paintBackdrop(cover),
    title: score.title,
    author: input.text("author"),
    domain: input.text("domain_name"),
    lines: timedLines(score),
    durationS: sound.left.length / RATE,
    fps,
    bands: spectrogram(sound, fps),
  };
  const file = room.stage("mp4");
  await shoot({ scene, sound, path: file.path }, room);
  return {
    artifacts: [{ source: { kind: "staged", name: file.name }, media: "video" }],
    outputs: [{ kind: "link", field: "video_url", file: 0 }],
    creations: [],
    meta: engineFacts(job),
  };
};

async function shoot(
  film: { readonly scene: Scene; readonly sound: Stage; readonly path: string },
  room: RenderRoom,
): Promise<void> {
  const { durationS, fps } = film.scene;
  const frames = Math.max(1, Math.floor(durationS * fps));
  const movie = await openMovie(film.path, { frames, fps, sound: await encodeSound(film.sound) });
  const encoder = await openFrameEncoder(SIZE, { quantizer: QUANTIZER, fps });
  const canvas = createCanvas(SIZE.width, SIZE.height);
  const yuv = new Uint8Array((SIZE.width * SIZE.height * 3) / 2);
  try {
    for (let frame = 0; frame < frames; frame += 1) {
      drawFrame(canvas.getContext("2d"), film.scene, frame);
      toYuv(canvas.data(), yuv, SIZE);
      const part = await encoder.add(yuv);
      if (part !== null) await movie.add(part);
      room.progress(0.15 + (0.85 * (frame + 1)) / (frames + 1));
      await turn();
      if (frame % 24 === 23) collectGarbage();
      room.signal.throwIfAborted();
    }
    const rest = await encoder.finish();
    if (rest !== null) await movie.add(rest);
    await movie.finish();
  } finally {
    await movie.abandon();
  }
}

/** The cover, large and dark behind everything, and once sharp at the left. */
async function paintBackdrop(cover: Uint8Array): Promise<Canvas> {
  const picture = await loadImage(cover);
  const canvas = createCanvas(SIZE.width, SIZE.height);
  const brush = canvas.getContext("2d");
  brush.filter = "blur(22px)";
  brush.drawImage(picture, -40, -224, SIZE.width + 80, SIZE.width + 80);
  brush.filter = "none";
  brush.fillStyle = "rgba(8, 8, 20, 0.5)";
  brush.fillRect(0, 0, SIZE.width, SIZE.height);
  brush.shadowColor = "rgba(0, 0, 0, 0.5)";
  brush.shadowBlur = 24;
  brush.drawImage(picture, 48, 88, 304, 304);
  return canvas;
}

const BANDS = 32;

/** Level of 32 bands for each frame, 0 to 1, by resonators at musical distances. */
function spectrogram(sound: Stage, fps: number): Float32Array {
  const frames = Math.ceil((sound.left.length / RATE) * fps) + 1;
  const levels = new Float32Array(frames * BANDS);
  const hop = RATE / fps;
  for (let band = 0; band < BANDS; band += 1) {
    const turnBy = (2 * Math.PI * 50 * 2 ** (band / 4.7) * 4) / RATE;
    const a1 = 2 * 0.985 * Math.cos(turnBy);
    let [y1, y2, sum, frame, loudest] = [0, 0, 0, 0, 1e-6];
    // Every fourth sample is enough to move a bar.
    for (let index = 0; index < sound.left.length; index += 4) {
      const y =
        ((sound.left[index] ?? 0) + (sound.right[index] ?? 0)) * 0.5 + a1 * y1 - 0.970225 * y2;
      y2 = y1;
      y1 = y;
      sum += y * y;
      if (index < (frame + 1) * hop) continue;
      const before = frame > 0 ? (levels[(frame - 1) * BANDS + band] ?? 0) * 0.8 : 0;
      const level = Math.max(Math.sqrt(sum), before);
      levels[frame * BANDS + band] = level;
      loudest = Math.max(loudest, level);
      sum = 0;
      frame += 1;
    }
    for (let at = band; at < levels.length; at += BANDS) {
      levels[at] = ((levels[at] ?? 0) / loudest) ** 0.8;
    }
  }
  return levels;
}

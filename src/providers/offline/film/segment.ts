import { setImmediate as nextTurn } from "node:timers/promises";
import { openSheet, type Sheet } from "../paint/canvas.ts";
import type { Size } from "../request/ratio.ts";
import type { Film } from "./direct.ts";
import { collectGarbage } from "./garbage.ts";
import { type EncodedPart, openFrameEncoder, SEGMENT } from "./h264.ts";
import type { PreparedFilm } from "./prepare.ts";
import { openSystemEncoder } from "./system-encoder.ts";
import { toYuv } from "./yuv.ts";

/** Draws and encodes segments of a film with buffers that are used again. */
export interface Lens {
  /** Makes the segment of a number; `tick` is called after each frame and may throw to stop. */
  shoot(segment: number, tick: () => void): Promise<EncodedPart>;
}

/** How many segments a film has. */
export function segmentsOf({ frames }: Film): number {
  return Math.ceil(frames / SEGMENT);
}

/** Opens the buffers for the frames of a film. */
export function openLens({ film, size, encoder: by }: PreparedFilm): Lens {
  const target: Sheet = openSheet(size.width, size.height);
  const yuv = new Uint8Array((size.width * size.height * 3) / 2);
  const collectEvery = Math.max(1, Math.round(LITTER_BYTES / (size.width * size.height * 4)));
  return {
    async shoot(segment, tick) {
      const from = segment * SEGMENT;
      const encoding = { quantizer: quantizerOf(size, film), fps: film.fps, firstFrame: from };
      const encoder =
        by === "system"
          ? openSystemEncoder(size, encoding)
          : await openFrameEncoder(size, encoding);
      await film.load?.(from, SEGMENT);
      let part: EncodedPart | null = null;
      try {
        for (let frame = from; frame < Math.min(film.frames, from + SEGMENT); frame += 1) {
          film.draw(target, frame);
          toYuv(target.canvas.data(), yuv, size);
          part = await encoder.add(yuv);
          // Pixel buffers are given back only when the event loop turns.
          await nextTurn();
          if ((frame + 1) % collectEvery === 0) collectGarbage();
          tick();
        }
        part ??= await encoder.finish();
      } finally {
        encoder.abandon?.();
      }
      return part ?? { packets: [], config: { codec: "avc1" } };
    },
  };
}

/** Bytes of frames that may lie about before they are collected. */
const LITTER_BYTES = 18_000_000;

function quantizerOf({ width, height }: Size, { faithful = false }: Film): number {
  if (faithful) return 19;
  return width * height > 1_500_000 ? 27 : 25;
}

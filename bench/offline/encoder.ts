import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { hashText } from "../../src/providers/offline/chance.ts";
import { FPS, openFrameEncoder } from "../../src/providers/offline/film/h264.ts";
import { toYuv } from "../../src/providers/offline/film/yuv.ts";
import { openSheet } from "../../src/providers/offline/paint/canvas.ts";
import { buildScene } from "../../src/providers/offline/paint/scene.ts";
import { openStage } from "../../src/providers/offline/paint/stage.ts";
import { planScene } from "../../src/providers/offline/scene/plan.ts";
import { readPrompt } from "../../src/providers/offline/scene/read.ts";
import type { Figure } from "../gateway/bench.ts";

const SIZE = { width: 1280, height: 720 } as const;
const FRAMES = 72;
const ROUNDS = 3;

/**
 * Encodes the same frames with the shipped encoder and with x264 on one thread, in turn. Compared
 * by processor time: what else the machine does slows both clocks, but not evenly.
 */
export async function benchEncoder(): Promise<readonly Figure[]> {
  const frames = drawFrames();
  const own: number[] = [];
  const theirs: number[] = [];
  const hasFfmpeg = spawnSync("ffmpeg", ["-version"], { stdio: "ignore" }).status === 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    own.push(await encodeOwn(frames));
    if (hasFfmpeg) theirs.push(await encodeTheirs(frames));
  }
  const best = Math.min(...own);
  const figures: Figure[] = [
    { name: "encode 72 frames 720p, processor time", value: best, unit: "s", bar: "" },
  ];
  if (!hasFfmpeg) return figures;
  const reference = Math.min(...theirs);
  return [
    ...figures,
    { name: "the same by x264 veryfast", value: reference, unit: "s", bar: "" },
    { name: "speed / x264 veryfast", value: reference / best, unit: "×", bar: "≥ 0.5" },
  ];
}

function drawFrames(): readonly Uint8Array[] {
  const prompt = "the skyline of a city at sunset";
  const plan = planScene(readPrompt(prompt), { seed: hashText(prompt) });
  const scene = buildScene(openStage(plan, { ...SIZE, margin: 96 }));
  const target = openSheet(SIZE.width, SIZE.height);
  return Array.from({ length: FRAMES }, (_, frame) => {
    const t = frame / 24;
    scene.draw(target, { t, duration: 3, x: (t / 3 - 0.5) * 0.06, y: 0, zoom: 0 });
    const yuv = new Uint8Array((SIZE.width * SIZE.height * 3) / 2);
    toYuv(target.canvas.data(), yuv, SIZE);
    return yuv;
  });
}

async function encodeOwn(frames: readonly Uint8Array[]): Promise<number> {
  const from = process.cpuUsage();
  const encoder = await openFrameEncoder(SIZE, { quantizer: 25, fps: FPS });
  for (const frame of frames) await encoder.add(frame);
  await encoder.finish();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1e6;
}

/** Processor seconds as ffmpeg itself reports them. */
async function encodeTheirs(frames: readonly Uint8Array[]): Promise<number> {
  const shape = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", "1280x720", "-r", "24", "-i", "-"];
  const codec = ["-threads", "1", "-c:v", "libx264", "-preset", "veryfast", "-g", "24"];
  const words = ["-hide_banner", "-benchmark", ...shape, ...codec, "-f", "null", "-"];
  const child = spawn("ffmpeg", words, { stdio: ["pipe", "ignore", "pipe"] });
  let told = "";
  child.stderr.on("data", (data: Buffer) => {
    told += data.toString();
  });
  const ended = once(child, "close");
  for (const frame of frames) {
    if (!child.stdin.write(frame)) await once(child.stdin, "drain");
  }
  child.stdin.end();
  await ended;
  const [, user = "0", system = "0"] = /utime=([\d.]+)s stime=([\d.]+)s/.exec(told) ?? [];
  return Number(user) + Number(system);
}

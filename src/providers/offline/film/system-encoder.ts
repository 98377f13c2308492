import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { assert } from "../../../lib/assert.ts";
import type { Size } from "../request/ratio.ts";
import {
  type EncodedPart,
  type Encoding,
  type FrameEncoder,
  readPackets,
  SEGMENT,
} from "./h264.ts";

/** Seconds that a segment may take on a machine that has much else to do. */
const PATIENCE_MS = 600_000;

/** The system's own, which sees none of our settings. */
const ENVIRONMENT = { PATH: "/usr/local/bin:/usr/bin:/bin" };

/** Whether the machine has an ffmpeg that encodes H.264. */
export async function canEncode(): Promise<boolean> {
  const words = ["-v", "quiet", "-nostdin", "-f", "lavfi", "-i", "color=s=64x64:d=0.1"];
  const child = spawn("ffmpeg", [...words, "-c:v", "libx264", "-f", "null", "-"], {
    stdio: "ignore",
    timeout: 30_000,
    env: ENVIRONMENT,
  });
  return once(child, "close").then(
    ([code]) => code === 0,
    // Not on this machine.
    () => false,
  );
}

/** Opens the system's ffmpeg as encoder: x264 in one thread, a process for each segment. */
export function openSystemEncoder(size: Size, encoding: Encoding): FrameEncoder {
  let run: Run | null = null;
  let inSegment = 0;
  let done = encoding.firstFrame ?? 0;
  const flush = async (): Promise<EncodedPart | null> => {
    if (run === null) return null;
    const bytes = await run.end();
    const part = await readPackets(bytes, { framesBefore: done, fps: encoding.fps });
    assert(part.packets.length === inSegment, "ffmpeg gave another number of frames");
    run = null;
    done += inSegment;
    inSegment = 0;
    return part;
  };
  return {
    async add(yuv) {
      run ??= start(size, encoding);
      await run.write(yuv);
      inSegment += 1;
      return inSegment === SEGMENT ? flush() : null;
    },
    finish: flush,
    abandon: () => void run?.child.kill("SIGKILL"),
  };
}

interface Run {
  readonly child: ChildProcess;
  /** Ends when the frame was handed over: its buffer is used again. */
  write(yuv: Uint8Array): Promise<void>;
  /** The finished MP4. */
  end(): Promise<Uint8Array>;
}

function start({ width, height }: Size, { quantizer, fps }: Encoding): Run {
  const words = [
    ...["-v", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${width}x${height}`],
    ...["-r", String(fps), "-i", "pipe:0", "-threads", "1", "-c:v", "libx264"],
    // Without frames that look ahead, packets come in the order of their times.
    ...["-preset", "veryfast", "-crf", String(quantizer - 2), "-g", String(SEGMENT), "-bf", "0"],
    ...["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"],
    ...["-movflags", "frag_keyframe+empty_moov+default_base_moof", "-f", "mp4", "pipe:1"],
  ];
  const child = spawn("ffmpeg", words, {
    stdio: ["pipe", "pipe", "ignore"],
    timeout: PATIENCE_MS,
    killSignal: "SIGKILL",
    env: ENVIRONMENT,
  });
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => void parts.push(part));
  // An ffmpeg that died shows in its exit, and in the write that it did not take.
  child.stdin.on("error", () => undefined);
  const ended = once(child, "close").then(
    ([code]) => code === 0,
    () => false,
  );
  return {
    child,
    write: (yuv) =>
      new Promise((resolve, reject) => {
        child.stdin.write(yuv, (error) => (error ? reject(error) : resolve()));
      }),
    async end() {
      child.stdin.end();
      assert(await ended, "ffmpeg did not encode the film");
      return Buffer.concat(parts);
    },
  };
}

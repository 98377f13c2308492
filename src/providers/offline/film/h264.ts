import { createRequire } from "node:module";
import type { H264MP4Encoder } from "h264-mp4-encoder";
import { ALL_FORMATS, BufferSource, EncodedPacket, EncodedPacketSink, Input } from "mediabunny";
import { present } from "../../../lib/assert.ts";
import type { Size } from "../request/ratio.ts";

/** Frames a second of a film of which nothing else is said. */
export const FPS = 24;
/** Frames between key frames; also how many are encoded before their packets are handed on. */
export const SEGMENT = 24;

/** Packets of H.264 with what a decoder must know. */
export interface EncodedPart {
  readonly packets: readonly EncodedPacket[];
  readonly config: VideoDecoderConfig;
}

/** Turns frames into H.264, a segment at a time, so that memory does not grow with the film. */
export interface FrameEncoder {
  /** Takes a planar 4:2:0 frame; gives a part whenever a segment is full. */
  add(yuv: Uint8Array): Promise<EncodedPart | null>;
  /** Gives what is left, or `null`. */
  finish(): Promise<EncodedPart | null>;
  /** Lets go of an unfinished segment. */
  abandon?(): void;
}

/** What an encoder must know beside the size of a frame. */
export interface Encoding {
  readonly quantizer: number;
  readonly fps: number;
  /** The place in the film of the first frame that will be added; 0 unless said. */
  readonly firstFrame?: number;
}

/**
 * Opens the encoder that is shipped: WebAssembly, baseline profile. Segments do not depend on each
 * other.
 */
export async function openFrameEncoder(size: Size, encoding: Encoding): Promise<FrameEncoder> {
  const { createH264MP4Encoder } = loadEncoder();
  let encoder: H264MP4Encoder | null = null;
  let inSegment = 0;
  let done = encoding.firstFrame ?? 0;
  const flush = async (): Promise<EncodedPart | null> => {
    if (encoder === null) return null;
    const part = await readPart(encoder, { framesBefore: done, fps: encoding.fps });
    encoder.delete();
    encoder = null;
    done += inSegment;
    inSegment = 0;
    return part;
  };
  return {
    async add(yuv) {
      encoder ??= startSegment(await createH264MP4Encoder(), { size, encoding });
      encoder.addFrameYuv(yuv);
      inSegment += 1;
      return inSegment === SEGMENT ? flush() : null;
    },
    finish: flush,
  };
}

function startSegment(
  encoder: H264MP4Encoder,
  { size, encoding }: { readonly size: Size; readonly encoding: Encoding },
): H264MP4Encoder {
  encoder.width = size.width;
  encoder.height = size.height;
  encoder.frameRate = encoding.fps;
  encoder.speed = 10;
  encoder.quantizationParameter = encoding.quantizer;
  encoder.groupOfPictures = SEGMENT;
  encoder.initialize();
  return encoder;
}

async function readPart(
  encoder: H264MP4Encoder,
  { framesBefore, fps }: { readonly framesBefore: number; readonly fps: number },
): Promise<EncodedPart> {
  encoder.finalize();
  const bytes = encoder.FS.readFile(encoder.outputFilename);
  encoder.FS.unlink(encoder.outputFilename);
  return readPackets(bytes, { framesBefore, fps });
}

/** Takes the packets of a segment out of its MP4, at their times in the film. */
export async function readPackets(
  bytes: Uint8Array,
  { framesBefore, fps }: { readonly framesBefore: number; readonly fps: number },
): Promise<EncodedPart> {
  using input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
  const track = present(await input.getPrimaryVideoTrack(), "The encoder's video track");
  const config = present(await track.getDecoderConfig(), "The encoder's decoder config");
  const packets: EncodedPacket[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) {
    const timestamp = (framesBefore + packets.length) / fps;
    // The encoder's own index calls every frame a key frame: players that seek would believe it.
    const type = packets.length === 0 ? "key" : "delta";
    packets.push(new EncodedPacket(packet.data, type, timestamp, 1 / fps));
  }
  return { packets, config };
}

interface EncoderPackage {
  createH264MP4Encoder(): Promise<H264MP4Encoder>;
}

/**
 * The package hooks `uncaughtException` to print its own source: what it adds is taken off again,
 * so that errors reach the pool as they are.
 */
function loadEncoder(): EncoderPackage {
  const before = HOOKS.map((hook) => process.listeners(hook));
  const loaded: EncoderPackage = createRequire(import.meta.url)("h264-mp4-encoder");
  HOOKS.forEach((hook, index) => {
    for (const listener of process.listeners(hook)) {
      if (!before[index]?.includes(listener)) process.removeListener(hook, listener);
    }
  });
  return loaded;
}

const HOOKS = ["uncaughtException", "unhandledRejection"] as const;

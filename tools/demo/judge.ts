import type { Expected } from "./expected.ts";
import type { Look } from "./look.ts";

const RATIO_TOLERANCE = 0.02;
const AREA_TOLERANCE = 0.2;
const SIDE_TOLERANCE = 0.02;
const SECONDS_TOLERANCE = 0.2;
/** Wider than this a film keeps the area of 16:9 instead of its short side. */
const WIDE = 16 / 9 + 0.01;

/** Says what of a picture or film is not as its input asked; empty when all is. */
export function judge(expected: Expected, files: readonly Look[]): readonly string[] {
  const faults: string[] = [];
  if (files.length !== expected.count) {
    faults.push(`${files.length} files instead of ${expected.count}`);
  }
  const mains = expected.lastFrame ? files.slice(0, -1) : files;
  for (const file of mains) faults.push(...judgeFile(expected, file));
  const last = files.at(-1);
  if (expected.lastFrame && last?.mediaType.startsWith("image/") !== true) {
    faults.push("the last file is no picture");
  }
  return faults;
}

function judgeFile(expected: Expected, file: Look): readonly string[] {
  const { width, height } = file;
  if (width === null || height === null) return ["no size"];
  const short = Math.min(width, height);
  const shape = `${width}x${height}`;
  const isWide = Math.max(width, height) / short > WIDE;
  const faults: (string | null)[] = [
    wrong(`type ${file.mediaType}`, file.mediaType, expected.mediaType),
    far(`ratio of ${shape}`, width / height, [expected.ratio, RATIO_TOLERANCE]),
    wrong("width", width, expected.pixels?.width ?? null),
    wrong("height", height, expected.pixels?.height ?? null),
    far(`area of ${shape}`, (width * height) / 1e6, [expected.megapixels, AREA_TOLERANCE]),
    isWide ? null : far(`short side of ${shape}`, short, [expected.shortSide, SIDE_TOLERANCE]),
    judgeDuration(expected, file),
    file.sound === null ? null : wrong("sound", file.sound, expected.sound),
  ];
  return faults.filter((fault) => fault !== null);
}

function judgeDuration({ durationS }: Expected, file: Look): string | null {
  if (durationS === null || file.durationS === null) return null;
  const isRight = Math.abs(file.durationS - durationS) <= SECONDS_TOLERANCE;
  return isRight ? null : `${file.durationS} s instead of ${durationS} s`;
}

function wrong<T>(what: string, found: T, expected: T | null): string | null {
  if (expected === null || found === expected) return null;
  return `${what} is ${found} instead of ${expected}`;
}

/** @param bound What is expected with the part by which it may be missed. */
function far(what: string, found: number, bound: readonly [number | null, number]): string | null {
  const [expected, tolerance] = bound;
  if (expected === null || Math.abs(found / expected - 1) <= tolerance) return null;
  return `${what} is ${found.toFixed(3)} instead of ${expected.toFixed(3)}`;
}

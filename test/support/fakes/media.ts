import { readFileSync } from "node:fs";

/** A PNG of one pixel. */
export const PICTURE: Buffer = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A film of a moment. */
export const FILM: Buffer = fixture("clip.mp4");

/** A film of a moment, as open tools write it. */
export const WEBM: Buffer = fixture("clip.webm");

/** A sound of a moment. */
export const SOUND: Buffer = fixture("tone.mp3");

function fixture(name: string): Buffer {
  return readFileSync(new URL(`../../../bench/upstream/fixtures/${name}`, import.meta.url));
}

import { createHash } from "node:crypto";
import sharp from "sharp";

/** Width and height of every picture that the examples are given. */
export const FIXTURE_SIZE = { width: 1200, height: 800 } as const;

/**
 * A picture of its own for each path: coarse coloured shapes, so that it is recognised in what is
 * made of it. Masks are black with a transparent and white middle.
 * @param path Ends in jpg, jpeg, png or webp.
 */
export function fixturePicture(path: string): Promise<Buffer> {
  const drawing = path.includes("mask") ? MASK : patternOf(path);
  const image = sharp(Buffer.from(drawing));
  if (/\.jpe?g$/.test(path)) return image.flatten().jpeg({ quality: 90 }).toBuffer();
  return path.endsWith(".webp") ? image.webp().toBuffer() : image.png().toBuffer();
}

const { width, height } = FIXTURE_SIZE;
const FRAME = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`;
const MASK = `${FRAME}<path fill="#000" fill-rule="evenodd"
  d="M0 0H${width}V${height}H0Z M400 250V550H800V250Z"/></svg>`;

function patternOf(path: string): string {
  const bytes = [...createHash("sha256").update(path).digest()];
  const at = (index: number, most: number) => ((bytes[index % 32] ?? 0) * most) / 255;
  const colour = (index: number) =>
    `rgb(${[0, 1, 2].map((part) => Math.round(at(index + part, 255))).join(",")})`;
  const discs = [0, 1, 2, 3].map(
    (index) =>
      `<circle cx="${at(index * 5, width)}" cy="${at(index * 5 + 1, height)}"` +
      ` r="${120 + at(index * 5 + 2, 180)}" fill="${colour(index * 7 + 3)}"/>`,
  );
  const halves =
    `<rect width="${width}" height="${height}" fill="${colour(0)}"/>` +
    `<rect y="${height / 2}" width="${width}" height="${height / 2}" fill="${colour(11)}"/>`;
  return `${FRAME}${halves}${discs.join("")}</svg>`;
}

import { writeFile } from "node:fs/promises";
import type { Sharp } from "sharp";
import { sharp } from "../../../lib/sharp.ts";
import type { Sheet } from "../paint/canvas.ts";
import type { PictureRequest } from "../request/picture-request.ts";

/** What stands in every file that is made here. */
export const SOFTWARE = "Vidgo offline engine (procedural)";

/** Writes a canvas as a picture file. */
export async function writePicture(
  { canvas, width, height }: Sheet,
  { path, format }: { readonly path: string; readonly format: PictureRequest["format"] },
): Promise<void> {
  const raw = sharp(canvas.data(), { raw: { width, height, channels: 4 }, limitInputPixels: false })
    .removeAlpha()
    .withExif({ IFD0: { Software: SOFTWARE, ImageDescription: SOFTWARE } });
  const encoded = await encoders[format](raw).toBuffer();
  await writeFile(path, encoded);
}

const POSTER_PX = 640;

/** Encodes a canvas as the small JPEG that a film carries. */
export async function encodePoster({ canvas, width, height }: Sheet): Promise<Uint8Array> {
  return await sharp(canvas.data(), { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .resize({ width: POSTER_PX, height: POSTER_PX, fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 80 })
    .toBuffer();
}

const encoders = {
  png: (picture: Sharp): Sharp => picture.png({ compressionLevel: 3, adaptiveFiltering: true }),
  jpeg: (picture: Sharp): Sharp => picture.jpeg({ quality: 91, chromaSubsampling: "4:4:4" }),
  webp: (picture: Sharp): Sharp => picture.webp({ quality: 90, effort: 2 }),
} as const;

/** File extensions by format. */
export const EXTENSIONS = { png: "png", jpeg: "jpg", webp: "webp" } as const;

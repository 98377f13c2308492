import { writeFile } from "node:fs/promises";
import type { Sharp } from "sharp";
import type { Sheet } from "../paint/canvas.ts";
import type { PictureRequest } from "../request/picture-request.ts";
import { sharp } from "../sharp.ts";

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

const encoders = {
  png: (picture: Sharp): Sharp => picture.png({ compressionLevel: 3, adaptiveFiltering: true }),
  jpeg: (picture: Sharp): Sharp => picture.jpeg({ quality: 91, chromaSubsampling: "4:4:4" }),
  webp: (picture: Sharp): Sharp => picture.webp({ quality: 90, effort: 2 }),
} as const;

/** File extensions by format. */
export const EXTENSIONS = { png: "png", jpeg: "jpg", webp: "webp" } as const;

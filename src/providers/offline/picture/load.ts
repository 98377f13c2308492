import { assert } from "../../../lib/assert.ts";
import { sharp } from "../../../lib/sharp.ts";
import { UpstreamFailure } from "../../provider.ts";
import type { RenderJob } from "../job.ts";
import { openSheet, type Sheet } from "../paint/canvas.ts";
import { fromRgb, type Lch } from "../paint/colour.ts";
import type { Size } from "../request/ratio.ts";

/** Larger pictures are refused: 100 megapixels. */
const PIXELS_MAX = 100_000_000;

/** Size of a customer's picture as it is meant to be seen. */
export async function pictureSize(job: RenderJob, url: string): Promise<Size> {
  const { width, height, orientation } = await readable(
    url,
    sharp(pathOf(job, url), { limitInputPixels: PIXELS_MAX }).metadata(),
  );
  assert(width > 0 && height > 0, "A picture has a size");
  return orientation !== undefined && orientation >= 5
    ? { width: height, height: width }
    : { width, height };
}

/** Loads a customer's picture, upright, cut to fill a size around what draws the eye. */
export async function loadPicture(job: RenderJob, url: string, size: Size): Promise<Sheet> {
  const work = sharp(pathOf(job, url), { limitInputPixels: PIXELS_MAX })
    .rotate()
    .resize(size.width, size.height, { fit: "cover", position: "centre" })
    .ensureAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer();
  const pixels = await readable(url, work);
  const sheet = openSheet(size.width, size.height);
  const image = sheet.pen.createImageData(size.width, size.height);
  image.data.set(pixels);
  sheet.pen.putImageData(image, 0, 0);
  return sheet;
}

/** The strongest colours of a picture, most frequent first; greys are left out. */
export async function pictureColours(job: RenderJob, url: string): Promise<Lch[]> {
  const sheet = await loadPicture(job, url, { width: 32, height: 32 });
  const { data } = sheet.pen.getImageData(0, 0, 32, 32);
  const bins = new Map<number, { count: number; lightness: number; chroma: number; hue: number }>();
  for (let place = 0; place < data.length; place += 4) {
    const [lightness, chroma, hue] = fromRgb([
      data[place] ?? 0,
      data[place + 1] ?? 0,
      data[place + 2] ?? 0,
    ]);
    if (chroma < 0.03) continue;
    const key = Math.floor(hue / 30);
    const bin = bins.get(key) ?? { count: 0, lightness: 0, chroma: 0, hue: 0 };
    bins.set(key, {
      count: bin.count + 1,
      lightness: bin.lightness + lightness,
      chroma: bin.chroma + chroma,
      hue: bin.hue + hue,
    });
  }
  return [...bins.values()]
    .sort((a, b) => b.count * b.chroma - a.count * a.chroma)
    .slice(0, 6)
    .map(
      ({ count, lightness, chroma, hue }) =>
        [lightness / count, chroma / count, hue / count] as const,
    );
}

function pathOf(job: RenderJob, url: string): string {
  const input = job.inputs[url];
  if (input !== undefined) return input.path;
  throw refusal("A picture that the input names is missing");
}

async function readable<T>(url: string, work: Promise<T>): Promise<T> {
  const done = await work.then(
    (value) => value,
    () => null,
  );
  if (done !== null) return done;
  throw refusal(`${shown(url)} is not a readable picture; PNG, JPEG and WebP are accepted`);
}

function shown(url: string): string {
  return url.length > 80 ? `${url.slice(0, 77)}...` : url;
}

function refusal(message: string): UpstreamFailure {
  return new UpstreamFailure({
    code: "input_unreachable",
    message,
    retry: "never",
    retryAfterMs: null,
    billed: "no",
  });
}

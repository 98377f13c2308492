import { api } from "../../lib/api.ts";
import { ownPath } from "../../lib/own-path.ts";
import { upload } from "../../lib/uploads.ts";
import { paintMask, type Stroke } from "./mask-strokes.ts";

/**
 * The picture under a mask. One that lies elsewhere is copied to the gateway first, so that its
 * pixels may be read.
 */
export async function loadPicture(url: string): Promise<ImageBitmap> {
  const path = ownPath(url) ?? ownPath(await copied(url));
  const response = await fetch(path ?? url);
  return await createImageBitmap(await response.blob());
}

async function copied(url: string): Promise<string> {
  const answer = await api<{ file_url: string }>("/api/common/upload/url", {
    body: { file_url: url },
  });
  return answer.file_url;
}

/** The mask as a picture of the same size whose transparent parts say what may change, uploaded. */
export async function uploadMask(
  picture: ImageBitmap,
  strokes: readonly Stroke[],
): Promise<string> {
  const { width, height } = picture;
  const mask = contextOf(width, height);
  paintMask(mask, strokes, "#000");
  const whole = contextOf(width, height);
  whole.drawImage(picture, 0, 0);
  whole.globalCompositeOperation = "destination-out";
  whole.drawImage(mask.canvas, 0, 0);
  const blob = await new Promise<Blob | null>((done) => whole.canvas.toBlob(done, "image/png"));
  if (blob === null) throw new TypeError("The mask could not be written");
  return await upload(blob, "mask.png", () => {}).done;
}

function contextOf(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (context === null) throw new TypeError("The browser has no canvas");
  return context;
}

import { randomBytes } from "node:crypto";
import type { LightMyRequestResponse } from "fastify";
import sharp from "sharp";
import { isJsonObject, type JsonObject } from "../../src/lib/json.ts";

/** A small picture in a format, made by an encoder that is not ours. */
export function smallPicture(format: "png" | "jpeg" | "gif" | "webp" | "avif"): Promise<Buffer> {
  const background = { r: 200, g: 80, b: 40 };
  return sharp({ create: { width: 24, height: 16, channels: 3, background } })
    .toFormat(format)
    .toBuffer();
}

/** The body of a multipart form and its type. */
export interface Form {
  readonly payload: Buffer;
  readonly headers: { readonly "content-type": string };
}

/** Writes a form; a part with a `fileName` is a file. */
export function formOf(
  parts: readonly {
    readonly name: string;
    readonly fileName?: string;
    readonly body: string | Buffer;
  }[],
): Form {
  const boundary = `vidgo${randomBytes(8).toString("hex")}`;
  const chunks = parts.flatMap(({ name, fileName, body }) => {
    const file = fileName === undefined ? "" : `; filename="${fileName}"`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`;
    return [Buffer.from(head), Buffer.from(body), Buffer.from("\r\n")];
  });
  const payload = Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
  return { payload, headers: { "content-type": `multipart/form-data; boundary=${boundary}` } };
}

/** Reads the envelope of a successful upload; fails the test when it is none. */
export function uploadOf(answer: LightMyRequestResponse): JsonObject {
  const body: unknown = answer.json();
  const isRight =
    answer.statusCode === 200 &&
    isJsonObject(body) &&
    body.success === true &&
    body.code === 200 &&
    body.msg === "File uploaded successfully" &&
    isJsonObject(body.data);
  if (!isRight) throw new Error(`Not an upload: ${answer.statusCode} ${answer.body}`);
  return isJsonObject(body.data) ? body.data : {};
}

/** The `detail` of a refused upload; fails the test when there is more or less than that. */
export function detailOf(answer: LightMyRequestResponse): unknown {
  const body: unknown = answer.json();
  if (!isJsonObject(body) || Object.keys(body).join() !== "detail") throw new Error(answer.body);
  return body.detail;
}

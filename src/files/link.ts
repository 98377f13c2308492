import { createHmac, timingSafeEqual } from "node:crypto";
import type { FileRow } from "../core/file.ts";
import { PREVIEW_VIEWS, type PreviewView, VIEW_FILES } from "./preview-view.ts";

/** Makes and reads the links under which files are served. */
export interface Links {
  /** The absolute URL of a file: whoever has it may fetch the file while it lives. */
  url(file: Pick<FileRow, "id" | "extension">): string;
  /** The file id of the last part of such a URL, or `null` when we did not make it. */
  parse(name: string): string | null;
  /** The file id of a whole URL of ours, or `null`: our own files need no fetching. */
  parseUrl(url: string): string | null;
  /** The absolute URL of a view of a file: good for as long as the file's own. */
  previewUrl(file: Pick<FileRow, "id">, view: PreviewView): string;
  /** What the last part of such a URL names, or `null` when we did not make it. */
  parsePreview(name: string): { readonly fileId: string; readonly view: PreviewView } | null;
}

/** What links are made of. */
export interface LinkOptions {
  /** The origin, no slash at the end; asked at each link, as a port may be chosen late. */
  readonly publicUrl: () => string;
  /** The key derived for file links. */
  readonly key: Uint8Array;
}

const NAME = /^([a-z]+_[0-9a-z]{1,64})-([0-9A-Za-z_-]{22})\.([a-z0-9]{1,8})$/;
const PREVIEW = /^([a-z]+_[0-9a-z]{1,64})-([0-9A-Za-z_-]{22})\.(small|large|peaks)\.[a-z]{4}$/;
const MAC_BYTES = 16;

/** Makes links whose 128 bits nobody can guess; expiry is judged by the file's row. */
export function createLinks({ publicUrl, key }: LinkOptions): Links {
  const macOf = (id: string, extension: string): Buffer =>
    createHmac("sha256", key).update(`${id}.${extension}`).digest().subarray(0, MAC_BYTES);
  const isOurs = (mac: string, expected: Buffer): boolean => {
    const given = Buffer.from(mac, "base64url");
    const isEqual = given.length === MAC_BYTES && timingSafeEqual(given, expected);
    // Two spellings of the last characters decode alike; only one is ours.
    return isEqual && given.toString("base64url") === mac;
  };
  const parse = (name: string): string | null => {
    const [, id, mac, extension] = NAME.exec(name) ?? [];
    if (id === undefined || mac === undefined || extension === undefined) return null;
    return isOurs(mac, macOf(id, extension)) ? id : null;
  };
  const previewName = (id: string, view: PreviewView): string => {
    const mac = macOf(id, `preview/${view}`).toString("base64url");
    return `${id}-${mac}.${VIEW_FILES[view]}`;
  };
  return {
    parse,
    url({ id, extension }) {
      const mac = macOf(id, extension).toString("base64url");
      return `${publicUrl()}/files/${id}-${mac}.${extension}`;
    },
    previewUrl: ({ id }, view) => `${publicUrl()}/previews/${previewName(id, view)}`,
    parsePreview(name) {
      const [, fileId, mac, word] = PREVIEW.exec(name) ?? [];
      const view = PREVIEW_VIEWS.find((known) => known === word);
      if (fileId === undefined || mac === undefined || view === undefined) return null;
      if (!isOurs(mac, macOf(fileId, `preview/${view}`))) return null;
      return name === previewName(fileId, view) ? { fileId, view } : null;
    },
    parseUrl(url) {
      const start = `${publicUrl()}/files/`;
      return url.startsWith(start) ? parse(url.slice(start.length)) : null;
    },
  };
}

import { createHash } from "node:crypto";
import type { FileRow } from "../core/file.ts";

/** What an upload answers: an envelope of its own. */
export interface UploadBody {
  readonly success: true;
  readonly code: 200;
  readonly msg: "File uploaded successfully";
  readonly data: {
    /** 32 hexadecimal digits. */
    readonly file_id: string;
    readonly file_name: string;
    readonly original_name: string;
    readonly file_size: number;
    readonly mime_type: string;
    readonly upload_path: string;
    readonly file_url: string;
    readonly download_url: string;
    readonly upload_time: string;
    readonly expires_at: string;
  };
}

/** What the client called its file; `null` where it said nothing. Never a path of ours. */
export interface UploadNames {
  readonly uploadPath: string | null;
  readonly fileName: string | null;
  /** The name in the form or the URL. */
  readonly originalName: string | null;
}

/** The names that are told back. */
export interface ShownUpload {
  readonly file: FileRow;
  readonly url: string;
  readonly names: UploadNames;
  /** 8 letters and digits for a name that nobody gave. */
  readonly chance: string;
}

/** Writes the answer. */
export function uploadBody({ file, url, names, chance }: ShownUpload): UploadBody {
  const made = `${stamp(file.createdAtMs)}_${chance}.${file.extension}`;
  const fileName = cleanPart(names.fileName ?? "");
  return {
    success: true,
    code: 200,
    msg: "File uploaded successfully",
    data: {
      file_id: hexOf(file.id),
      file_name: fileName === "" ? made : fileName,
      original_name: cleanPart(names.originalName ?? names.fileName ?? "") || made,
      file_size: file.sizeBytes,
      mime_type: file.mediaType,
      upload_path: pathOf(names.uploadPath, file),
      file_url: url,
      download_url: url,
      upload_time: longTime(file.createdAtMs),
      expires_at: longTime(file.expiresAtMs),
    },
  };
}

/** 32 hexadecimal digits, as documented: always the same for a file, and no name of ours. */
function hexOf(id: string): string {
  return createHash("sha256").update(id).digest("hex").slice(0, 32);
}

const NAME_LENGTH_MAX = 120;
const PARTS_MAX = 8;

/** Always below `temp/`, whatever was asked for. */
function pathOf(asked: string | null, file: FileRow): string {
  const parts = (asked ?? "").split(/[/\\]/).map(cleanPart);
  const kept = parts.filter((part) => part !== "" && part !== "temp").slice(0, PARTS_MAX);
  const folder = kept.length > 0 ? kept : [`${file.mediaType.replace(/\/.*$/, "")}s`];
  return ["temp", ...folder].join("/");
}

/** The last part of a path without anything that a shell, a page or a file system might act on. */
function cleanPart(text: string): string {
  const last = text.split(/[/\\]/).at(-1) ?? "";
  const plain = last.normalize("NFC").replace(/[^\p{L}\p{N} ._-]/gu, "_");
  return plain
    .replace(/^[. ]+/, "")
    .slice(0, NAME_LENGTH_MAX)
    .trim();
}

function stamp(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/\D/g, "").slice(0, 14);
}

/** As the upload endpoints write a moment: UTC to the microsecond, without a zone. */
function longTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 23)}000`;
}

import { ApiError, sessionHeaders } from "./api.ts";

/** An upload that goes on. */
export interface Upload {
  /** The address of the file at the gateway. */
  readonly done: Promise<string>;
  readonly stop: () => void;
}

/**
 * Sends a file to the gateway. The one call that does not use fetch: only this way is the progress
 * of what leaves told.
 * @param onPercent 0 to 100.
 */
export function upload(file: Blob, name: string, onPercent: (percent: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<string>((give, refuse) => {
    request.open("POST", "/api/common/upload/stream");
    for (const [header, value] of Object.entries(sessionHeaders())) {
      request.setRequestHeader(header, value);
    }
    request.upload.onprogress = ({ loaded, total }) => onPercent(percentOf(loaded, total));
    request.onload = () => {
      const url = urlOf(request.responseText);
      if (request.status === 200 && url !== null) give(url);
      else refuse(faultOf(request.status, request.responseText));
    };
    request.onerror = () => refuse(faultOf(0, ""));
    request.onabort = () => refuse(faultOf(0, ""));
    const form = new FormData();
    form.append("file", file, name);
    request.send(form);
  });
  return { done, stop: () => request.abort() };
}

function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.floor((part / whole) * 100);
}

function urlOf(text: string): string | null {
  const { data } = parse(text);
  return typeof data?.file_url === "string" ? data.file_url : null;
}

function faultOf(status: number, text: string): ApiError {
  const { detail, error } = parse(text);
  const told = typeof detail === "string" ? detail : error?.message;
  const message = told ?? (status === 0 ? "The gateway cannot be reached" : `Status ${status}`);
  return new ApiError({ message, status, type: "upload" });
}

interface UploadAnswer {
  readonly data?: { readonly file_url?: unknown };
  readonly detail?: unknown;
  readonly error?: { readonly message?: string };
}

function parse(text: string): UploadAnswer {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

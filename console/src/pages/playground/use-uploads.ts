import { useRef, useState } from "react";
import { messageOf } from "../../components/feedback.tsx";
import { ApiError } from "../../lib/api.ts";
import { type Upload, upload } from "../../lib/uploads.ts";
import { inputs } from "../../strings/en/inputs.ts";
import type { MediaKind } from "./form-fields.ts";
import { arrived } from "./upload-queue.ts";

/** A file on its way, or one that did not get through. */
export interface PendingUpload {
  readonly id: number;
  readonly file: File;
  readonly percent: number;
  /** Where it is; `null` until all of it has arrived. */
  readonly url: string | null;
  /** Why it failed; `null` while it goes on. */
  readonly fault: string | null;
  /** Whether the same file may get through another time. */
  readonly again: boolean;
}

/**
 * The uploads of one field: several at a time, each with its progress, each to be tried again. They
 * are handed on in the order in which they were chosen, whichever is there first.
 */
export function useUploads(media: MediaKind, onDone: (urls: readonly string[]) => void) {
  const [pending, setPending] = useState<readonly PendingUpload[]>([]);
  const running = useRef(new Map<number, Upload>());
  const count = useRef(0);
  const done = useRef(onDone);
  done.current = onDone;
  const latest = useRef(pending);
  const save = (next: readonly PendingUpload[]): void => {
    const { urls, rest } = arrived(next);
    latest.current = rest;
    setPending(rest);
    if (urls.length > 0) done.current(urls);
  };
  const change = (id: number, next: Partial<PendingUpload>): void => {
    save(latest.current.map((each) => (each.id === id ? { ...each, ...next } : each)));
  };
  const start = async (id: number, file: File): Promise<void> => {
    // A file of no type is judged by the gateway, which looks at the bytes.
    if (file.type !== "" && !file.type.startsWith(`${media}/`)) {
      return change(id, { fault: inputs.media.wrongKind[media], again: false });
    }
    const one = upload(file, file.name, (percent) => change(id, { percent }));
    running.current.set(id, one);
    try {
      change(id, { url: await one.done });
    } catch (thrown) {
      const refused = thrown instanceof ApiError && thrown.status >= 400 && thrown.status < 500;
      const unreadable = refused && thrown.message === UNREADABLE;
      const fault = unreadable ? inputs.media.unreadable[media] : messageOf(thrown);
      change(id, { fault, again: !refused || thrown.status === 429 });
    }
    running.current.delete(id);
  };
  const add = (files: readonly File[]): void => {
    const fresh = files.map((file): PendingUpload => {
      count.current += 1;
      return { id: count.current, file, percent: 0, url: null, fault: null, again: true };
    });
    save([...latest.current, ...fresh]);
    for (const { id, file } of fresh) void start(id, file);
  };
  const stop = (id: number): void => {
    running.current.get(id)?.stop();
    save(latest.current.filter((each) => each.id !== id));
  };
  const retry = (id: number): void => {
    const again = latest.current.find((each) => each.id === id);
    if (again === undefined) return;
    change(id, { fault: null, percent: 0 });
    void start(id, again.file);
  };
  return { pending, add, stop, retry };
}

/** What the documented route says of bytes that are no picture, film or sound. */
const UNREADABLE = "Invalid file data";

import { useRef, useState } from "react";
import { messageOf } from "../../components/feedback.tsx";
import { type Upload, upload } from "../../lib/uploads.ts";
import { inputs } from "../../strings/en/inputs.ts";
import type { MediaKind } from "./form-fields.ts";

/** A file on its way, or one that did not get through. */
export interface PendingUpload {
  readonly id: number;
  readonly file: File;
  readonly percent: number;
  /** Why it failed; `null` while it goes on. */
  readonly fault: string | null;
}

/** The uploads of one field: several at a time, each with its progress, each to be tried again. */
export function useUploads(media: MediaKind, onDone: (url: string) => void) {
  const [pending, setPending] = useState<readonly PendingUpload[]>([]);
  const running = useRef(new Map<number, Upload>());
  const count = useRef(0);
  const done = useRef(onDone);
  done.current = onDone;
  const change = (id: number, next: Partial<PendingUpload> | null): void => {
    setPending((before) =>
      before.flatMap((each) => {
        if (each.id !== id) return [each];
        return next === null ? [] : [{ ...each, ...next }];
      }),
    );
  };
  const start = async (id: number, file: File): Promise<void> => {
    // A file of no type is judged by the gateway, which looks at the bytes.
    if (file.type !== "" && !file.type.startsWith(`${media}/`)) {
      return change(id, { fault: inputs.media.wrongKind });
    }
    const one = upload(file, file.name, (percent) => change(id, { percent }));
    running.current.set(id, one);
    try {
      const url = await one.done;
      change(id, null);
      done.current(url);
    } catch (thrown) {
      change(id, { fault: messageOf(thrown) });
    }
    running.current.delete(id);
  };
  const add = (files: readonly File[]): void => {
    for (const file of files) {
      count.current += 1;
      const id = count.current;
      setPending((before) => [...before, { id, file, percent: 0, fault: null }]);
      void start(id, file);
    }
  };
  const stop = (id: number): void => {
    running.current.get(id)?.stop();
    change(id, null);
  };
  const retry = (id: number): void => {
    const again = pending.find((each) => each.id === id);
    if (again === undefined) return;
    change(id, { fault: null, percent: 0 });
    void start(id, again.file);
  };
  return { pending, add, stop, retry };
}

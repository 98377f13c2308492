import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "../../components/feedback.tsx";
import { useToast } from "../../components/toast.tsx";
import { readBlob } from "../../lib/api.ts";
import { nearUrl } from "../../lib/own-path.ts";
import { saveBlob, saveUrl } from "../../lib/save-blob.ts";
import { useScene } from "../../lib/session.tsx";
import { taskQuery } from "../../lib/tasks.ts";
import { dayKey } from "./days.ts";

/** Most tasks in one archive. */
const ARCHIVE_MAX = 100;

/** Downloads the files of tasks: a single one as it is, several as one archive. */
export function useDownload(): {
  readonly busy: boolean;
  readonly download: (taskIds: readonly string[]) => Promise<void>;
} {
  const client = useQueryClient();
  const { project } = useScene();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  /** The address of the one file that there is, or `null`. */
  const onlyFile = async ([id, ...others]: readonly string[]): Promise<string | null> => {
    if (id === undefined || others.length > 0) return null;
    const { files } = await client.fetchQuery(taskQuery(project.id, id));
    const living = files.filter(({ gone }) => !gone);
    return living.length === 1 ? (living[0]?.file_url ?? null) : null;
  };
  const download = async (taskIds: readonly string[]): Promise<void> => {
    setBusy(true);
    try {
      const url = await onlyFile(taskIds);
      if (url !== null) {
        saveUrl(nearUrl(url));
      } else {
        for (let start = 0; start < taskIds.length; start += ARCHIVE_MAX) {
          const query = { task_id: taskIds.slice(start, start + ARCHIVE_MAX).join(",") };
          const part = taskIds.length > ARCHIVE_MAX ? `-${start / ARCHIVE_MAX + 1}` : "";
          const name = `vidgo-${dayKey(new Date())}${part}.zip`;
          saveBlob(await readBlob("/api/tasks/archive", query), name);
        }
      }
    } catch (error) {
      toast({ tone: "red", text: messageOf(error) });
    }
    setBusy(false);
  };
  return { busy, download };
}

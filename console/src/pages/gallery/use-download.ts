import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "../../components/feedback.tsx";
import { useToast } from "../../components/toast.tsx";
import { formatBytes } from "../../lib/format.ts";
import { nearUrl } from "../../lib/own-path.ts";
import { saveBlob, saveUrl } from "../../lib/save-blob.ts";
import { useScene } from "../../lib/session.tsx";
import { taskQuery } from "../../lib/tasks.ts";
import { zipParts } from "../../lib/zip.ts";
import { gallery } from "../../strings/en/gallery.ts";
import { type NamedFile, namedFiles } from "./file-names.ts";

/** More than this would be held in the browser's memory at once. */
const BYTES_MAX = 1_000_000_000;

/** Downloads the files of tasks: a single one as it is, several as one archive. */
export function useDownload(): {
  readonly busy: boolean;
  readonly download: (taskIds: readonly string[]) => Promise<void>;
} {
  const client = useQueryClient();
  const { project } = useScene();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const read = async (taskIds: readonly string[]): Promise<readonly NamedFile[]> =>
    namedFiles(
      await Promise.all(taskIds.map((id) => client.fetchQuery(taskQuery(project.id, id)))),
    );
  const download = async (taskIds: readonly string[]): Promise<void> => {
    setBusy(true);
    try {
      const fault = await save(await read(taskIds));
      if (fault !== null) toast({ tone: "red", text: fault });
    } catch (error) {
      toast({ tone: "red", text: messageOf(error) });
    }
    setBusy(false);
  };
  return { busy, download };
}

/** Gives why nothing was saved, or `null`. */
async function save(files: readonly NamedFile[]): Promise<string | null> {
  const [first] = files;
  if (first === undefined) return gallery.noFiles;
  if (files.length === 1) {
    saveUrl(nearUrl(first.url), first.name);
    return null;
  }
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  if (sizeBytes > BYTES_MAX) return gallery.tooMuch(formatBytes(sizeBytes), formatBytes(BYTES_MAX));
  const entries = [];
  for (const { name, url } of files) {
    const response = await fetch(nearUrl(url));
    if (!response.ok) return gallery.notRead(name);
    entries.push({ name, bytes: new Uint8Array(await response.arrayBuffer()) });
  }
  saveBlob(new Blob([...zipParts(entries)], { type: "application/zip" }), "vidgo.zip");
  return null;
}

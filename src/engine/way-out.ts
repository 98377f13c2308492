import type { FileStore } from "../files/file-store.ts";
import type { Ingest } from "../files/ingest.ts";
import { createKeepText } from "../files/keep-text.ts";
import type { Staging } from "../files/staging.ts";
import type { DiskRoom } from "../lib/disk-room.ts";
import type { WayOut } from "./context.ts";
import { createMeasure, type MeasureParts } from "./measure.ts";

/** What the engine's ways out are made of. */
export interface WayOutParts {
  readonly files: FileStore;
  readonly staging: Staging;
  readonly ingest: Ingest;
  readonly request: WayOut["request"];
  readonly fetchInput: WayOut["fetchInput"];
  readonly ownRow: MeasureParts["ownRow"];
  /** Absent: room without end. */
  readonly room?: Pick<DiskRoom, "forBuying">;
}

/** Joins the guarded ways out into what the engine works with. */
export function createWayOut(parts: WayOutParts): WayOut {
  const { files, staging, ingest, ownRow, room, ...guarded } = parts;
  return {
    ...guarded,
    measure: createMeasure({ ownRow, fetchInput: guarded.fetchInput }),
    stage: (extension) => staging.reserve(extension),
    localPath: (key) => files.localPath(key),
    keep: ingest,
    async letGo(artifacts) {
      for (const { source } of artifacts) {
        if (source.kind === "staged") await staging.remove(source.name);
      }
    },
    keepText: createKeepText({ store: files, staging }),
    hasRoom: async () => room === undefined || (await room.forBuying()),
  };
}

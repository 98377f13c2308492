import type { FileStore } from "../files/file-store.ts";
import type { Ingest } from "../files/ingest.ts";
import type { Staging } from "../files/staging.ts";
import type { WayOut } from "./context.ts";

/** What the engine's ways out are made of. */
export interface WayOutParts {
  readonly files: FileStore;
  readonly staging: Staging;
  readonly ingest: Ingest;
  readonly request: WayOut["request"];
  readonly fetchInput: WayOut["fetchInput"];
}

/** Joins the guarded ways out into what the engine works with. */
export function createWayOut({ files, staging, ingest, ...guarded }: WayOutParts): WayOut {
  return {
    ...guarded,
    stage: (extension) => staging.reserve(extension),
    localPath: (key) => files.localPath(key),
    keep: ingest,
  };
}

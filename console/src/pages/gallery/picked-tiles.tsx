import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { PickBar } from "../../components/pick-bar.tsx";
import { useMay } from "../../lib/session.tsx";
import { useShortcuts } from "../../lib/shortcuts.ts";
import type { TaskItem } from "../../lib/tasks.ts";
import { gallery, keep } from "../../strings/en/gallery.ts";
import { RemoveDialog, useKeep } from "../task/keep-menu.tsx";
import { useDownload } from "./use-download.ts";

/** What can be done with the results that were picked. */
export function PickedTiles(props: {
  readonly chosen: readonly TaskItem[];
  readonly onStar: (taskIds: readonly string[], starred: boolean) => Promise<void>;
  /** `null`: these cannot be compared. */
  readonly onCompare: (() => void) | null;
  readonly onClear: () => void;
}) {
  const { chosen, onCompare, onClear } = props;
  const may = useMay("files");
  const files = useKeep();
  const ids = chosen.map(({ task_id }) => task_id);
  const [removing, setRemoving] = useState(false);
  const { busy, download } = useDownload();
  const save = (): void => void download(ids);
  useShortcuts(
    chosen.length === 0
      ? {}
      : { d: save, Escape: onClear, ...(onCompare === null ? {} : { c: onCompare }) },
  );
  if (chosen.length === 0) return null;
  const starred = chosen.every((task) => task.starred);
  const many = chosen.length > 1 || (chosen[0]?.files ?? 0) > 1;
  return (
    <>
      <PickBar label={gallery.selected(chosen.length)}>
        <Button small kind="primary" icon="download" busy={busy} onClick={save}>
          {busy ? gallery.packing : many ? gallery.downloadZip : gallery.download}
        </Button>
        <Button
          small
          icon="columns"
          off={onCompare === null}
          title={onCompare === null ? gallery.compare.hint : undefined}
          onClick={() => onCompare?.()}
        >
          {gallery.compare.action}
        </Button>
        {may && (
          <>
            <Button small icon="star" onClick={() => void props.onStar(ids, !starred)}>
              {starred ? gallery.unstar : gallery.star}
            </Button>
            <Button small icon="clock" onClick={() => void files.keep(ids, 30)}>
              {keep.days(30)}
            </Button>
            <Button small kind="danger-plain" icon="trash" onClick={() => setRemoving(true)}>
              {keep.remove}
            </Button>
          </>
        )}
        <Button small kind="quiet" onClick={onClear}>
          {gallery.clear}
        </Button>
      </PickBar>
      {removing && (
        <RemoveDialog taskIds={ids} onClose={() => setRemoving(false)} onDone={onClear} />
      )}
    </>
  );
}

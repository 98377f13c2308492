import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { PickBar } from "../../components/pick-bar.tsx";
import { useMay } from "../../lib/session.tsx";
import { gallery, keep } from "../../strings/en/gallery.ts";
import { RemoveDialog, useKeep } from "../task/keep-menu.tsx";
import { Compare } from "./compare.tsx";
import { useDownload } from "./use-download.ts";

/** What can be done with the results that are picked. */
export function PickedTiles(props: {
  readonly ids: readonly string[];
  readonly onClear: () => void;
}) {
  const { ids, onClear } = props;
  const may = useMay("files");
  const files = useKeep();
  const { busy, download } = useDownload();
  const [dialog, setDialog] = useState<"compare" | "remove" | null>(null);
  const [first, second] = ids;
  if (first === undefined) return null;
  const close = (): void => setDialog(null);
  return (
    <>
      <PickBar label={gallery.selected(ids.length)}>
        <Button small icon="download" busy={busy} onClick={() => void download(ids)}>
          {ids.length === 1 ? gallery.download : gallery.downloadZip}
        </Button>
        {ids.length === 2 && (
          <Button small icon="columns" onClick={() => setDialog("compare")}>
            {gallery.compare.action}
          </Button>
        )}
        {may && (
          <>
            <Button small icon="clock" onClick={() => void files.keep(ids, 30)}>
              {keep.days(30)}
            </Button>
            <Button small kind="danger-plain" icon="trash" onClick={() => setDialog("remove")}>
              {keep.remove}
            </Button>
          </>
        )}
        <Button small kind="quiet" onClick={onClear}>
          {gallery.clear}
        </Button>
      </PickBar>
      {dialog === "compare" && second !== undefined && (
        <Compare taskIds={[first, second]} onClose={close} />
      )}
      {dialog === "remove" && <RemoveDialog taskIds={ids} onClose={close} onDone={onClear} />}
    </>
  );
}

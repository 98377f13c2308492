import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { messageOf } from "../../components/feedback.tsx";
import { Menu } from "../../components/menu.tsx";
import { useToast } from "../../components/toast.tsx";
import { api } from "../../lib/api.ts";
import { formatTime, parseTime } from "../../lib/format.ts";
import { useMay, useScene } from "../../lib/session.tsx";
import type { TaskDetail } from "../../lib/tasks.ts";
import { keep } from "../../strings/en/gallery.ts";

/** Days that files can be kept for from the menu. */
const DAYS = [1, 7, 30] as const;

/** Lets the files of a task live longer, or deletes them now. */
export function KeepMenu({ task }: { readonly task: Pick<TaskDetail, "task_id" | "files"> }) {
  const may = useMay("files");
  const files = useKeep();
  const [asking, setAsking] = useState(false);
  if (!may || !task.files.some(({ gone }) => !gone)) return null;
  return (
    <>
      <Menu
        end
        label={keep.action}
        items={[
          ...DAYS.map((days) => ({
            label: keep.days(days),
            icon: "clock" as const,
            onSelect: () => void files.keep([task.task_id], days),
          })),
          null,
          {
            label: keep.remove,
            icon: "trash",
            danger: true,
            onSelect: () => setAsking(true),
          },
        ]}
        trigger={(trigger) => (
          <Button icon="clock" {...trigger}>
            {keep.action}
          </Button>
        )}
      />
      {asking && <RemoveDialog taskIds={[task.task_id]} onClose={() => setAsking(false)} />}
    </>
  );
}

/** Asks before files are deleted: nothing brings them back. */
export function RemoveDialog(props: {
  readonly taskIds: readonly string[];
  readonly onClose: () => void;
  readonly onDone?: () => void;
}) {
  const { taskIds, onClose } = props;
  const files = useKeep();
  const [busy, setBusy] = useState(false);
  const remove = async (): Promise<void> => {
    setBusy(true);
    await files.remove(taskIds);
    props.onDone?.();
    onClose();
  };
  return (
    <Dialog
      title={keep.removeTitle(taskIds.length)}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{keep.removeKeep}</Button>
          <Button kind="danger" busy={busy} onClick={() => void remove()}>
            {keep.remove}
          </Button>
        </>
      }
    >
      <p>{keep.removeText}</p>
    </Dialog>
  );
}

/** Keeping and deleting, for one task or several. */
export function useKeep(): {
  readonly keep: (taskIds: readonly string[], days: number) => Promise<void>;
  readonly remove: (taskIds: readonly string[]) => Promise<void>;
} {
  const client = useQueryClient();
  const toast = useToast();
  const { project } = useScene();
  const guarded = async (work: () => Promise<string>): Promise<void> => {
    try {
      toast({ tone: "green", text: await work() });
    } catch (error) {
      toast({ tone: "red", text: messageOf(error) });
    }
    void client.invalidateQueries({ queryKey: ["tasks", project.id] });
  };
  return {
    keep: (taskIds, days) =>
      guarded(async () => {
        let until: string | null = null;
        for (const id of taskIds) {
          const kept = await api<{ readonly expires_time: string }>(`/api/tasks/${id}/keep`, {
            body: { days },
          });
          until = kept.expires_time;
        }
        const date = parseTime(until);
        return date === null ? keep.kept : keep.keptUntil(formatTime(date, Date.now()));
      }),
    remove: (taskIds) =>
      guarded(async () => {
        for (const id of taskIds) await api(`/api/tasks/${id}/files/delete`, { method: "POST" });
        return keep.removed;
      }),
  };
}

import { Button } from "../../components/button.tsx";
import { PickBar } from "../../components/pick-bar.tsx";
import { useMay } from "../../lib/session.tsx";
import { isOpen, type TaskItem } from "../../lib/tasks.ts";
import { tasks } from "../../strings/en/tasks.ts";
import { useTaskActions } from "./task-actions.ts";

/** What can be done with the rows that were picked. */
export function Picked(props: {
  readonly rows: readonly TaskItem[];
  readonly onClear: () => void;
}) {
  const { rows, onClear } = props;
  const actions = useTaskActions();
  const mayCancel = useMay("cancel");
  const maySend = useMay("webhooks");
  if (rows.length === 0) return null;
  const words = tasks.actions;
  return (
    <PickBar label={tasks.selected(rows.length)}>
      {mayCancel && rows.some(({ status }) => isOpen(status)) && (
        <Button small kind="danger-plain" onClick={() => void actions.cancel(rows)}>
          {words.cancel}
        </Button>
      )}
      {maySend && (
        <Button small onClick={() => void actions.redeliver(rows)}>
          {words.redeliver}
        </Button>
      )}
      <Button small icon="copy" onClick={() => void actions.copyIds(rows)}>
        {words.copyIds}
      </Button>
      <Button small kind="quiet" onClick={onClear}>
        {words.clear}
      </Button>
    </PickBar>
  );
}

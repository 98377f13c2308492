import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { messageOf, Notice } from "../../components/feedback.tsx";
import { api } from "../../lib/api.ts";
import { formatCreditsLong } from "../../lib/format.ts";
import { playground } from "../../strings/en/playground.ts";

/** Asks before a task is canceled, and says first what happens to the money. */
export function CancelTask(props: {
  readonly taskId: string;
  readonly credits: string;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const words = playground.result;
  const cancel = useMutation({
    mutationFn: () => api(`/api/generate/cancel/${props.taskId}`, { method: "POST" }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["task-now", props.taskId] });
      props.onClose();
    },
  });
  return (
    <Dialog
      title={words.cancelTitle}
      onClose={props.onClose}
      foot={
        <>
          <Button kind="quiet" onClick={props.onClose}>
            {words.cancelKeep}
          </Button>
          <Button kind="danger" busy={cancel.isPending} onClick={() => cancel.mutate()}>
            {words.cancelTitle}
          </Button>
        </>
      }
    >
      <p>{words.cancelText(formatCreditsLong(props.credits))}</p>
      {cancel.error !== null && (
        <Notice tone="red" urgent>
          {messageOf(cancel.error)}
        </Notice>
      )}
    </Dialog>
  );
}

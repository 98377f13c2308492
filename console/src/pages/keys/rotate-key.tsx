import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { messageOf, Notice } from "../../components/feedback.tsx";
import { Field, Select } from "../../components/field.tsx";
import { api } from "../../lib/api.ts";
import { keys } from "../../strings/en/keys.ts";
import { common } from "../../strings/en/shell.ts";
import type { ApiKey, FreshKey } from "./api-key.ts";

/** Makes a key in the place of another; the old one works on for an overlap. */
export function RotateKey(props: {
  readonly subject: ApiKey;
  readonly onClose: () => void;
  readonly onMade: (key: FreshKey) => void;
}) {
  const { subject, onClose } = props;
  const [hours, setHours] = useState("24");
  const client = useQueryClient();
  const rotate = useMutation({
    mutationFn: () =>
      api<FreshKey>(`/api/keys/${subject.id}/rotate`, { body: { overlap_hours: Number(hours) } }),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ["keys"] });
      props.onMade(made);
    },
  });
  const words = keys.rotate;
  return (
    <Dialog
      title={words.title(subject.name)}
      onClose={onClose}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button kind="primary" busy={rotate.isPending} onClick={() => rotate.mutate()}>
            {words.submit}
          </Button>
        </>
      }
    >
      <p className="muted">{words.text}</p>
      {rotate.error !== null && (
        <Notice tone="red" urgent>
          {messageOf(rotate.error)}
        </Notice>
      )}
      <Field label={words.overlap}>
        {(control) => (
          <Select {...control} value={hours} onChange={(event) => setHours(event.target.value)}>
            {Object.entries(words.overlaps).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </Dialog>
  );
}

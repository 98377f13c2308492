import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { messageOf, Notice } from "../../components/feedback.tsx";
import { Field, Input } from "../../components/field.tsx";
import { useToast } from "../../components/toast.tsx";
import { api } from "../../lib/api.ts";
import { keys } from "../../strings/en/keys.ts";
import { common } from "../../strings/en/shell.ts";
import type { ApiKey } from "./api-key.ts";

const RECENT_HOURS = 24;

/** Ends a key at once; one that is in use wants its name typed. */
export function RevokeKey(props: { readonly subject: ApiKey; readonly onClose: () => void }) {
  const { subject, onClose } = props;
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const client = useQueryClient();
  const toast = useToast();
  const words = keys.revoke;
  const revoke = useMutation({
    mutationFn: () => api<ApiKey>(`/api/keys/${subject.id}/revoke`, { method: "POST" }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["keys"] });
      toast({ tone: "green", text: words.done(subject.name) });
      onClose();
    },
  });
  const used = subject.uses.slice(-RECENT_HOURS).some((count) => count > 0);
  const mismatch = used && typed.trim() !== subject.name.trim();
  const press = (): void => {
    setTried(true);
    if (!mismatch) revoke.mutate();
  };
  return (
    <Dialog
      title={words.title(subject.name)}
      onClose={onClose}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button kind="danger" busy={revoke.isPending} onClick={press}>
            {words.submit}
          </Button>
        </>
      }
    >
      <p className="muted">{words.text}</p>
      {revoke.error !== null && (
        <Notice tone="red" urgent>
          {messageOf(revoke.error)}
        </Notice>
      )}
      {used && (
        <Field
          label={words.confirm(subject.name)}
          hint={words.used}
          error={tried && mismatch ? words.mismatch : null}
        >
          {(control) => (
            <Input
              {...control}
              value={typed}
              autoComplete="off"
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      )}
    </Dialog>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { messageOf } from "../../components/feedback.tsx";
import { Field, FieldError, Input, Segmented } from "../../components/field.tsx";
import { useToast } from "../../components/toast.tsx";
import { api } from "../../lib/api.ts";
import { common } from "../../strings/en/shell.ts";
import { webhooks } from "../../strings/en/webhooks.ts";

/** Sends again what ended within a span of time. */
export function SpanDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const [from, setFrom] = useState(() => localMinute(Date.now() - 86_400_000));
  const [to, setTo] = useState(() => localMinute(Date.now() + 60_000));
  const [which, setWhich] = useState<"failed" | "all">("failed");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const words = webhooks.span;
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      const states =
        which === "failed" ? ["refused", "exhausted"] : ["refused", "exhausted", "delivered"];
      const body = { from: toIso(from), to: toIso(to), states };
      const done = await api<{ readonly redelivered: number }>("/api/webhooks/redeliver", { body });
      toast({ tone: "green", text: words.done(done.redelivered) });
      void client.invalidateQueries({ queryKey: ["webhooks"] });
      onClose();
    } catch (fault) {
      setError(messageOf(fault));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="primary" type="submit" form="span" busy={busy}>
            {words.action}
          </Button>
        </>
      }
    >
      <form id="span" className="stack" onSubmit={(event) => void send(event)}>
        <p>{words.lead}</p>
        <div className="span-times">
          <Moment label={words.from} value={from} onChange={setFrom} />
          <Moment label={words.to} value={to} onChange={setTo} />
        </div>
        <Segmented
          label={words.states}
          choices={[
            { value: "failed", label: words.failedOnly },
            { value: "all", label: words.all },
          ]}
          value={which}
          onChange={setWhich}
        />
        {error !== "" && <FieldError text={error} />}
      </form>
    </Dialog>
  );
}

function Moment(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <Field label={props.label}>
      {(control) => (
        <Input
          {...control}
          type="datetime-local"
          required
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** A moment as the system's own field writes it: local, to the minute. */
function localMinute(ms: number): string {
  const offset = new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - offset).toISOString().slice(0, 16);
}

function toIso(local: string): string {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? local : date.toISOString();
}

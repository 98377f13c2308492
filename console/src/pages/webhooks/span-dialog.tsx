import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field, FieldError, Input, Segmented } from "../../components/field.tsx";
import { useToast } from "../../components/toast.tsx";
import { api } from "../../lib/api.ts";
import { useScene } from "../../lib/session.tsx";
import { useSubmission } from "../../lib/submission.ts";
import { common } from "../../strings/en/shell.ts";
import { webhooks } from "../../strings/en/webhooks.ts";
import type { DeliveryCounts } from "./webhook-data.ts";

/** Sends again what ended within a span of time. */
export function SpanDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const [from, setFrom] = useState(() => localMinute(Date.now() - 86_400_000));
  const [to, setTo] = useState(() => localMinute(Date.now() + 60_000));
  const [which, setWhich] = useState<"failed" | "all">("failed");
  const { busy, send, faultOf } = useSubmission(["from", "to"]);
  const words = webhooks.span;
  const body = { from: toIso(from), to: toIso(to), states: STATES[which] };
  const found = useCount(body);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send(async () => {
      const done = await api<Redelivered>("/api/webhooks/redeliver", { body });
      toast({ tone: "green", text: words.done(done.redelivered) });
      void client.invalidateQueries({ queryKey: ["webhooks"] });
      onClose();
    });
  };
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="primary" type="submit" form="span" busy={busy} off={found?.total === 0}>
            {words.action}
          </Button>
        </>
      }
    >
      <form id="span" className="stack" onSubmit={submit}>
        <p>{words.lead}</p>
        <div className="span-times">
          <Moment label={words.from} value={from} error={faultOf("from")} onChange={setFrom} />
          <Moment label={words.to} value={to} error={faultOf("to")} onChange={setTo} />
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
        <p role="status">
          {found === undefined ? words.counting : words.count(found.total, found.hosts_total)}
        </p>
        {faultOf(null) !== "" && <FieldError text={faultOf(null)} />}
      </form>
    </Dialog>
  );
}

interface Redelivered {
  readonly redelivered: number;
}

const STATES = {
  failed: ["refused", "exhausted"],
  all: ["refused", "exhausted", "delivered"],
} as const;

/** How many it would be; `undefined` until that is known. */
function useCount(body: {
  readonly from: string;
  readonly to: string;
  readonly states: readonly string[];
}) {
  const { project } = useScene();
  const { data } = useQuery({
    queryKey: ["webhooks", project.id, "count", body],
    queryFn: ({ signal }) =>
      api<DeliveryCounts>("/api/webhooks/deliveries/counts", {
        query: { from: body.from, to: body.to, state: body.states.join(",") },
        signal,
      }),
    retry: false,
  });
  return data;
}

function Moment(props: {
  readonly label: string;
  readonly value: string;
  readonly error: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <Field label={props.label} error={props.error}>
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

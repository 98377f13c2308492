import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf, Notice } from "../../components/feedback.tsx";
import { Field, Input, Segmented, Select } from "../../components/field.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { useToast } from "../../components/toast.tsx";
import { api } from "../../lib/api.ts";
import { useScene } from "../../lib/session.tsx";
import { webhooks } from "../../strings/en/webhooks.ts";
import { type DeliveryCounts, deliveryCountsQuery, endpointsQuery } from "./webhook-data.ts";

/** Most that the gateway sends again at once. */
const SENT_MAX = 10_000;

const STATES = {
  failed: ["refused", "exhausted"],
  all: ["refused", "exhausted", "delivered"],
} as const;

/** What is to be sent again. */
interface Wish {
  readonly from: string;
  readonly to: string;
  readonly which: keyof typeof STATES;
  readonly host: string;
}

/** Sends again what was missed in a span of time, once it has told how much that is. */
export function SpanDialog({ onClose }: { readonly onClose: () => void }) {
  const [wish, setWish] = useState<Wish>(() => ({
    from: localMinute(Date.now() - 86_400_000),
    to: localMinute(Date.now() + 60_000),
    which: "failed",
    host: "",
  }));
  const [from, to] = [toIso(wish.from), toIso(wish.to)];
  const fault = from === null || to === null ? "moment" : to <= from ? "order" : null;
  const span = { state: STATES[wish.which].join(","), from: from ?? "", to: to ?? "" };
  const { project } = useScene();
  const enabled = fault === null;
  const everywhere = useQuery({ ...deliveryCountsQuery(project.id, span), enabled });
  const here = { ...span, host: wish.host };
  const counted = useQuery({ ...deliveryCountsQuery(project.id, here), enabled });
  const found = fault === null && !counted.isPlaceholderData ? counted.data : undefined;
  const { busy, error, send } = useSend(onClose);
  const words = webhooks.span;
  const submit = (): void => {
    if (found === undefined || found.total === 0) return;
    const host = wish.host === "" ? {} : { host: wish.host };
    void send({ from, to, states: STATES[wish.which], ...host });
  };
  const count = Math.min(SENT_MAX, found?.total ?? 0);
  return (
    <FormDialog
      title={words.title}
      onClose={onClose}
      onSubmit={submit}
      submit={words.action(count)}
      busy={busy}
      off={count === 0}
      error={error}
    >
      <p>{words.lead}</p>
      <SpanFields
        {...{ wish, fault }}
        hosts={everywhere.data?.hosts ?? []}
        onChange={(change) => setWish({ ...wish, ...change })}
      />
      <div role="status">
        {fault === null &&
          (found === undefined ? <p>{words.counting}</p> : <Found counts={found} />)}
      </div>
    </FormDialog>
  );
}

function useSend(onDone: () => void) {
  const client = useQueryClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const send = async (body: object): Promise<void> => {
    setBusy(true);
    try {
      const done = await api<{ readonly redelivered: number }>("/api/webhooks/redeliver", { body });
      toast({ tone: "green", text: webhooks.span.done(done.redelivered) });
      void client.invalidateQueries({ queryKey: ["webhooks"] });
      onDone();
    } catch (fault) {
      setError(messageOf(fault));
      setBusy(false);
    }
  };
  return { busy, error, send };
}

function SpanFields(props: {
  readonly wish: Wish;
  readonly fault: "moment" | "order" | null;
  readonly hosts: DeliveryCounts["hosts"];
  readonly onChange: (change: Partial<Wish>) => void;
}) {
  const { wish, fault, hosts, onChange } = props;
  const words = webhooks.span;
  return (
    <>
      <div className="span-times">
        <Moment
          label={words.from}
          value={wish.from}
          error={fault === "moment" && toIso(wish.from) === null ? words.moment : ""}
          onChange={(from) => onChange({ from })}
        />
        <Moment
          label={words.to}
          value={wish.to}
          error={
            fault === "order"
              ? words.order
              : fault === "moment" && toIso(wish.to) === null
                ? words.moment
                : ""
          }
          onChange={(to) => onChange({ to })}
        />
      </div>
      <Segmented
        label={words.states}
        choices={[
          { value: "failed", label: words.failedOnly },
          { value: "all", label: words.all },
        ]}
        value={wish.which}
        onChange={(which) => onChange({ which })}
      />
      {(hosts.length > 1 || wish.host !== "") && (
        <Field label={words.host}>
          {(control) => (
            <Select
              {...control}
              value={wish.host}
              onChange={(event) => onChange({ host: event.target.value })}
            >
              <option value="">{webhooks.anyHost}</option>
              {hosts.map(({ value, count }) => (
                <option key={value} value={value}>
                  {value} ({count})
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </>
  );
}

/** How much it is, and what will not arrive. */
function Found({ counts }: { readonly counts: DeliveryCounts }) {
  const { project } = useScene();
  const { data } = useQuery(endpointsQuery(project.id));
  const words = webhooks.span;
  if (counts.total === 0) return <p className="muted">{words.none}</p>;
  const off = new Set(
    data?.flatMap(({ host, disabled_time }) => (disabled_time === null ? [] : [host])),
  );
  const disabled = counts.hosts.flatMap(({ value }) => (off.has(value) ? [value] : []));
  return (
    <div className="stack-tight">
      <p>
        <strong>{words.found(Math.min(SENT_MAX, counts.total), counts.hosts_total)}</strong>{" "}
        {words.twice} {counts.total > SENT_MAX && words.most}
      </p>
      {disabled.length > 0 && <Notice tone="amber">{words.disabled(disabled)}</Notice>}
    </div>
  );
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

/** The same as the API writes it, or `null` for what is no moment. */
function toIso(local: string): string | null {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

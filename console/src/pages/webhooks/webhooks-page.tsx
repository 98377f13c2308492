import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { DeliveryState, DeliveryTries } from "../../components/delivery-tries.tsx";
import { Peek } from "../../components/dialog.tsx";
import { Empty, LoadError, messageOf, Skeleton } from "../../components/feedback.tsx";
import { Segmented } from "../../components/field.tsx";
import { Page } from "../../components/page.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { useToast } from "../../components/toast.tsx";
import { Id, Time, Untrusted } from "../../components/values.tsx";
import { api } from "../../lib/api.ts";
import { shortId } from "../../lib/format.ts";
import { Link, useQueryWord } from "../../lib/router.tsx";
import { useMay, useScene, useTo } from "../../lib/session.tsx";
import { useShortcuts } from "../../lib/shortcuts.ts";
import type { Delivery } from "../../lib/tasks.ts";
import { useNews } from "../../shell/news.tsx";
import { pages } from "../../strings/en/pages.ts";
import { tasks } from "../../strings/en/tasks.ts";
import { webhooks } from "../../strings/en/webhooks.ts";
import { Endpoints } from "./endpoints.tsx";
import { PingDialog } from "./ping-dialog.tsx";
import { Signing } from "./signing.tsx";
import { SpanDialog } from "./span-dialog.tsx";
import { readDeliveries } from "./webhook-data.ts";
import "./webhooks.css";

/** Did it arrive: callbacks with every try, sending again, the secret that signs them. */
export function WebhooksPage() {
  const may = useMay("webhooks");
  const [dialog, setDialog] = useState<"ping" | "span" | null>(null);
  const [state, setState] = useQueryWord("state");
  const states = Object.entries(tasks.deliveryStates).map(([value, label]) => ({ value, label }));
  return (
    <Page
      title={pages.webhooks}
      lead={webhooks.lead}
      actions={
        may && (
          <>
            <Button icon="retry" onClick={() => setDialog("span")}>
              {webhooks.recover}
            </Button>
            <Button kind="primary" icon="webhooks" onClick={() => setDialog("ping")}>
              {webhooks.sendTest}
            </Button>
          </>
        )
      }
      filters={
        <Segmented
          label={webhooks.columns.state}
          choices={[{ value: "all", label: webhooks.all }, ...states]}
          value={state === "" ? "all" : state}
          onChange={(value) => setState(value === "all" ? "" : value)}
        />
      }
    >
      <Endpoints may={may} />
      <Deliveries key={state} state={state} may={may} onClear={() => setState("")} />
      {may && <Signing />}
      {dialog === "ping" && <PingDialog onClose={() => setDialog(null)} />}
      {dialog === "span" && <SpanDialog onClose={() => setDialog(null)} />}
    </Page>
  );
}

const FIRST_PAGE: string | null = null;

function useDeliveries(state: string) {
  const { project } = useScene();
  const client = useQueryClient();
  const queryKey = ["webhooks", project.id, "deliveries", state];
  useNews(() => void client.invalidateQueries({ queryKey }));
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => readDeliveries({ state, cursor: pageParam, signal }),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: ({ cursor }) => cursor,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some((page) => page.deliveries.some((each) => each.state === "waiting"))
        ? 3_000
        : 15_000,
  });
}

function Deliveries(props: {
  readonly state: string;
  readonly may: boolean;
  readonly onClear: () => void;
}) {
  const query = useDeliveries(props.state);
  const [opened, setOpened] = useQueryWord("delivery");
  const rows = query.data?.pages.flatMap(({ deliveries }) => deliveries) ?? [];
  const shown = rows.find(({ delivery_id }) => delivery_id === opened);
  if (query.data === undefined) {
    if (query.error === null) return <Skeleton height={240} />;
    return <LoadError error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (rows.length === 0) return <Nothing state={props.state} onClear={props.onClear} />;
  return (
    <>
      <Table
        caption={webhooks.caption}
        columns={COLUMNS}
        rows={rows}
        rowKey={({ delivery_id }) => delivery_id}
        onOpen={({ delivery_id }) => setOpened(delivery_id)}
      />
      {query.hasNextPage && (
        <div className="row">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {webhooks.more}
          </Button>
        </div>
      )}
      {shown !== undefined && (
        <DeliveryPeek delivery={shown} may={props.may} onClose={() => setOpened("")} />
      )}
    </>
  );
}

function Nothing({ state, onClear }: { readonly state: string; readonly onClear: () => void }) {
  if (state !== "") {
    return (
      <Empty
        icon="filter"
        title={webhooks.none.title}
        actions={<Button onClick={onClear}>{webhooks.none.clear}</Button>}
      />
    );
  }
  return (
    <Empty icon="webhooks" title={webhooks.empty.title}>
      {webhooks.empty.text}
    </Empty>
  );
}

const REASONS: Readonly<Record<string, string>> = webhooks.reasons;

const COLUMNS: readonly Column<Delivery>[] = [
  {
    key: "state",
    head: webhooks.columns.state,
    cell: (delivery) => <DeliveryState delivery={delivery} />,
  },
  { key: "url", head: webhooks.columns.url, cell: UrlCell },
  { key: "task", head: webhooks.columns.task, cell: TaskCell, wideOnly: true },
  {
    key: "tries",
    head: webhooks.columns.tries,
    cell: ({ tries }) => tries.length,
    align: "end",
    wideOnly: true,
  },
  { key: "last", head: webhooks.columns.last, cell: LastCell },
  {
    key: "made",
    head: webhooks.columns.made,
    cell: ({ created_time }) => <Time value={created_time} />,
    align: "end",
    wideOnly: true,
  },
];

/** The row opens by a press; the link is for the keyboard and for a new tab. */
function UrlCell({ callback_url, delivery_id }: Delivery) {
  return (
    <Link to={`?delivery=${delivery_id}`} className="delivery-url truncate">
      <Untrusted text={callback_url} />
    </Link>
  );
}

function TaskCell({ task_id }: Delivery) {
  const to = useTo();
  return (
    <Link to={to(`tasks/${task_id}`)}>
      <code>{shortId(task_id)}</code>
    </Link>
  );
}

function LastCell({ tries, reason }: Delivery) {
  const last = tries.at(-1);
  if (last === undefined) return <span className="faint">–</span>;
  return (
    <span title={reason === null ? undefined : (REASONS[reason] ?? reason)}>
      {last.status === null ? <Untrusted text={last.error ?? ""} /> : <code>{last.status}</code>}
    </span>
  );
}

function DeliveryPeek(props: {
  readonly delivery: Delivery;
  readonly may: boolean;
  readonly onClose: () => void;
}) {
  const { delivery, may, onClose } = props;
  const client = useQueryClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const resend = async (): Promise<void> => {
    setBusy(true);
    try {
      await api(`/api/webhooks/deliveries/${delivery.delivery_id}/redeliver`, { method: "POST" });
      toast({ tone: "green", text: webhooks.redelivered });
    } catch (error) {
      toast({ tone: "red", text: messageOf(error) });
    }
    setBusy(false);
    await client.invalidateQueries({ queryKey: ["webhooks"] });
  };
  useShortcuts(may ? { r: () => void resend() } : {});
  return (
    <Peek
      title={webhooks.peek}
      onClose={onClose}
      foot={
        may && (
          <Button
            kind="primary"
            icon="retry"
            busy={busy}
            off={delivery.state === "waiting"}
            onClick={() => void resend()}
          >
            {webhooks.redeliver}
          </Button>
        )
      }
    >
      <div className="stack">
        <div className="stack-tight">
          <DeliveryState delivery={delivery} />
          <code>
            <Untrusted text={delivery.callback_url} />
          </code>
          <Id value={delivery.event_id} />
          {delivery.reason !== null && (
            <p className="muted">
              <Untrusted text={REASONS[delivery.reason] ?? delivery.reason} />
            </p>
          )}
        </div>
        <DeliveryTries delivery={delivery} />
        <TaskCell {...delivery} />
      </div>
    </Peek>
  );
}

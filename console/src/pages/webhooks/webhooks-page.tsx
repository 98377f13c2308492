import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { DeliveryState } from "../../components/delivery-tries.tsx";
import { Empty, LoadError, Skeleton } from "../../components/feedback.tsx";
import { Page } from "../../components/page.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { Time, Untrusted } from "../../components/values.tsx";
import { Link, setQueryWords, usePlace, useQueryWord } from "../../lib/router.tsx";
import { useMay, useScene } from "../../lib/session.tsx";
import type { Delivery } from "../../lib/tasks.ts";
import { useNews } from "../../shell/news.tsx";
import { pages } from "../../strings/en/pages.ts";
import { webhooks } from "../../strings/en/webhooks.ts";
import { DeliveryFilters } from "./delivery-filters.tsx";
import { DeliveryPeek, reasonOf, TaskCell } from "./delivery-peek.tsx";
import { Endpoints } from "./endpoints.tsx";
import { PingDialog } from "./ping-dialog.tsx";
import { Signing } from "./signing.tsx";
import { SpanDialog } from "./span-dialog.tsx";
import { DELIVERY_FILTERS, type DeliveryFilter, readDeliveries } from "./webhook-data.ts";
import "./webhooks.css";

/** Did it arrive: callbacks with every try, sending again, the secret that signs them. */
export function WebhooksPage() {
  const may = useMay("webhooks");
  const [dialog, setDialog] = useState<"ping" | "span" | null>(null);
  const { query } = usePlace();
  const filter: DeliveryFilter = {
    state: query.get("state") ?? "",
    host: query.get("host") ?? "",
    code: query.get("code") ?? "",
    from: query.get("from") ?? "",
  };
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
      filters={may && <DeliveryFilters filter={filter} />}
    >
      <Endpoints may={may} />
      <Deliveries key={JSON.stringify(filter)} filter={filter} may={may} />
      {may && <Signing />}
      {dialog === "ping" && <PingDialog onClose={() => setDialog(null)} />}
      {dialog === "span" && <SpanDialog onClose={() => setDialog(null)} />}
    </Page>
  );
}

const FIRST_PAGE: string | null = null;

function useDeliveries(filter: DeliveryFilter) {
  const { project } = useScene();
  const client = useQueryClient();
  const queryKey = ["webhooks", project.id, "deliveries", filter];
  useNews(() => void client.invalidateQueries({ queryKey: ["webhooks", project.id] }));
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => readDeliveries(filter, { cursor: pageParam, signal }),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: ({ cursor }) => cursor,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some((page) => page.deliveries.some((each) => each.state === "waiting"))
        ? 3_000
        : 15_000,
  });
}

function Deliveries(props: { readonly filter: DeliveryFilter; readonly may: boolean }) {
  const query = useDeliveries(props.filter);
  const [opened, setOpened] = useQueryWord("delivery");
  const rows = query.data?.pages.flatMap(({ deliveries }) => deliveries) ?? [];
  if (query.data === undefined) {
    if (query.error === null) return <Skeleton height={240} />;
    return <LoadError error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (rows.length === 0) return <Nothing filter={props.filter} />;
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
      {opened !== "" && <DeliveryPeek id={opened} may={props.may} onClose={() => setOpened("")} />}
    </>
  );
}

function Nothing({ filter }: { readonly filter: DeliveryFilter }) {
  if (Object.values(filter).some((word) => word !== "")) {
    const clear = (): void =>
      setQueryWords(Object.fromEntries(DELIVERY_FILTERS.map((name) => [name, ""])));
    return (
      <Empty
        icon="filter"
        title={webhooks.none.title}
        actions={<Button onClick={clear}>{webhooks.none.clear}</Button>}
      />
    );
  }
  return (
    <Empty icon="webhooks" title={webhooks.empty.title}>
      {webhooks.empty.text}
    </Empty>
  );
}

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
  const { query } = usePlace();
  const words = new URLSearchParams(query);
  words.set("delivery", delivery_id);
  return (
    <Link to={`?${words}`} className="delivery-url truncate">
      <Untrusted text={callback_url} />
    </Link>
  );
}

function LastCell({ tries, reason }: Delivery) {
  const last = tries.at(-1);
  if (last === undefined) return <span className="faint">–</span>;
  return (
    <span title={reason === null ? undefined : reasonOf(reason)}>
      {last.status === null ? <Untrusted text={last.error ?? ""} /> : <code>{last.status}</code>}
    </span>
  );
}

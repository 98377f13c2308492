import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "../../components/button.tsx";
import { DeliveryState } from "../../components/delivery-tries.tsx";
import { Empty, LoadError, Skeleton } from "../../components/feedback.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { Time, Untrusted } from "../../components/values.tsx";
import { shortId } from "../../lib/format.ts";
import { Link, setQueryWords, usePlace, useQueryWord } from "../../lib/router.tsx";
import { useScene, useTo } from "../../lib/session.tsx";
import type { Delivery } from "../../lib/tasks.ts";
import { useNews } from "../../shell/news.tsx";
import { webhooks } from "../../strings/en/webhooks.ts";
import { DeliveryPeek } from "./delivery-peek.tsx";
import { errorWords, reasonWords } from "./delivery-words.ts";
import { DELIVERY_FILTERS, type DeliveryFilter, readDeliveries } from "./webhook-data.ts";

const FIRST_PAGE: string | null = null;

function useDeliveries(filter: DeliveryFilter) {
  const { project } = useScene();
  const client = useQueryClient();
  const queryKey = ["webhooks", project.id, "deliveries", filter];
  useNews(() => void client.invalidateQueries({ queryKey }));
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

/** The callbacks that a filter lets through, and one of them beside the list. */
export function Deliveries(props: { readonly filter: DeliveryFilter; readonly may: boolean }) {
  const query = useDeliveries(props.filter);
  const [opened, setOpened] = useQueryWord("delivery");
  const rows = query.data?.pages.flatMap(({ deliveries }) => deliveries) ?? [];
  return (
    <>
      {query.data === undefined &&
        (query.error === null ? (
          <Skeleton height={240} />
        ) : (
          <LoadError error={query.error} onRetry={() => void query.refetch()} />
        ))}
      {query.data !== undefined && rows.length === 0 && <Nothing filter={props.filter} />}
      {rows.length > 0 && (
        <Table
          caption={webhooks.caption}
          columns={COLUMNS}
          rows={rows}
          rowKey={({ delivery_id }) => delivery_id}
          onOpen={({ delivery_id }) => setOpened(delivery_id)}
        />
      )}
      {query.hasNextPage && (
        <div className="row">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {webhooks.more}
          </Button>
        </div>
      )}
      {opened !== "" && (
        <DeliveryPeek key={opened} id={opened} may={props.may} onClose={() => setOpened("")} />
      )}
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
    wideOnly: true,
  },
  { key: "url", head: webhooks.columns.url, cell: UrlCell },
  {
    key: "task",
    head: webhooks.columns.task,
    cell: TaskCell,
    wideOnly: true,
  },
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
function UrlCell(delivery: Delivery) {
  const { callback_url, delivery_id } = delivery;
  const { query } = usePlace();
  const words = new URLSearchParams(query);
  words.set("delivery", delivery_id);
  return (
    <>
      <Link to={`?${words}`} className="delivery-url truncate">
        <Untrusted text={callback_url} />
      </Link>
      <span className="phone-only">
        <DeliveryState delivery={delivery} />
      </span>
    </>
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

/** Why it stands as it does: a host that is disabled says more than an answer of long ago. */
function LastCell({ tries, reason }: Delivery) {
  const why = reasonWords(reason);
  if (why !== null) return <span title={why}>{webhooks.hostDisabled}</span>;
  const last = tries.at(-1);
  if (last === undefined) return <span className="faint">–</span>;
  return last.status === null ? <span>{errorWords(last.error)}</span> : <code>{last.status}</code>;
}

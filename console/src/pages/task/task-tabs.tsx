import { DeliveryState, DeliveryTries } from "../../components/delivery-tries.tsx";
import { JsonTree } from "../../components/json.tsx";
import { LedgerTable } from "../../components/ledger-table.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { Tabs } from "../../components/tabs.tsx";
import { Id, Untrusted } from "../../components/values.tsx";
import { formatDuration, formatLogTime } from "../../lib/format.ts";
import { useQueryWord } from "../../lib/router.tsx";
import type { Attempt, Happening, TaskDetail } from "../../lib/tasks.ts";
import { tasks } from "../../strings/en/tasks.ts";
import { ledgerWords } from "../../strings/en/usage.ts";
import { happeningWords } from "./happening-words.ts";

const WORDS: Readonly<Record<string, string>> = tasks.attemptStates;
const HAPPENINGS: Readonly<Record<string, string>> = tasks.happenings;

/** What happened to a task, one view at a time. */
export function TaskTabs({ task }: { readonly task: TaskDetail }) {
  const [tab, setTab] = useQueryWord("tab", "attempts");
  const { detail } = tasks;
  return (
    <Tabs
      label={detail.timeline}
      value={tab}
      onChange={setTab}
      tabs={[
        { key: "attempts", label: detail.tabs.attempts, panel: () => <Attempts task={task} /> },
        { key: "exchange", label: detail.tabs.exchange, panel: () => <Exchange task={task} /> },
        { key: "callback", label: detail.tabs.callback, panel: () => <Callbacks task={task} /> },
        { key: "ledger", label: detail.tabs.ledger, panel: () => <Ledger task={task} /> },
        { key: "events", label: detail.tabs.events, panel: () => <Events task={task} /> },
      ]}
    />
  );
}

function Attempts({ task }: { readonly task: TaskDetail }) {
  const { detail } = tasks;
  if (task.attempts.length === 0) return <p className="panel muted">{detail.noAttempts}</p>;
  const columns: readonly Column<Attempt>[] = [
    { key: "number", head: "#", cell: ({ number }) => number, width: 40 },
    {
      key: "provider",
      head: detail.served,
      cell: ({ provider, upstream_model }) => (
        <Untrusted text={[provider, upstream_model].filter((part) => part !== null).join(" · ")} />
      ),
    },
    { key: "state", head: tasks.columns.state, cell: AttemptState },
    {
      key: "id",
      head: detail.upstreamId,
      cell: ({ upstream_id }) =>
        upstream_id === null ? <span className="faint">–</span> : <Id value={upstream_id} />,
      wideOnly: true,
    },
    { key: "took", head: tasks.columns.took, cell: attemptTook, align: "end" },
  ];
  return (
    <Table
      caption={detail.tabs.attempts}
      columns={columns}
      rows={task.attempts}
      rowKey={({ attempt_id }) => attempt_id}
    />
  );
}

function AttemptState({ state, billed, cost, error_message }: Attempt) {
  const charged = billed === null ? null : tasks.detail.billed[billed];
  const amount = cost === null ? null : tasks.detail.cost[cost.unit](cost.amount);
  const note = charged === null || amount === null ? charged : `${charged} ${amount}`;
  return (
    <div>
      {WORDS[state] ?? state}
      {note !== null && <span className="muted">, {note}</span>}
      {error_message !== null && (
        <div className="meta">
          <Untrusted text={error_message} />
        </div>
      )}
    </div>
  );
}

function attemptTook({ intent_ms, ended_ms }: Attempt): string {
  return ended_ms === null ? "–" : formatDuration(ended_ms - intent_ms);
}

function Exchange({ task }: { readonly task: TaskDetail }) {
  const { detail } = tasks;
  if (task.attempts.length === 0) return <p className="panel muted">{detail.noAttempts}</p>;
  return (
    <div className="panel stack">
      {task.attempts.map((attempt) => (
        <section key={attempt.attempt_id} className="exchange">
          <div className="stack-tight">
            <h3>
              {attempt.number}. {attempt.provider} · {detail.request}
            </h3>
            <Kept value={attempt.request} label={detail.request} />
          </div>
          <div className="stack-tight">
            <h3>{detail.response}</h3>
            <Kept value={attempt.response} label={detail.response} />
          </div>
        </section>
      ))}
    </div>
  );
}

function Kept({ value, label }: { readonly value: unknown; readonly label: string }) {
  if (value === null || value === undefined) return <p className="muted">{tasks.detail.notKept}</p>;
  return <JsonTree value={value} label={label} />;
}

function Callbacks({ task }: { readonly task: TaskDetail }) {
  const { detail } = tasks;
  if (task.callback_url === null) return <p className="panel muted">{detail.noCallback}</p>;
  if (task.deliveries.length === 0) return <p className="panel muted">{detail.noDelivery}</p>;
  return (
    <div className="panel stack">
      {task.deliveries.map((delivery) => (
        <section key={delivery.delivery_id} className="stack-tight">
          <div className="row-wrap">
            <DeliveryState delivery={delivery} />
            <code className="truncate">
              <Untrusted text={delivery.callback_url} />
            </code>
          </div>
          <DeliveryTries delivery={delivery} />
        </section>
      ))}
    </div>
  );
}

function Ledger({ task }: { readonly task: TaskDetail }) {
  if (task.ledger.length === 0) return <p className="panel muted">{tasks.detail.noLedger}</p>;
  return <LedgerTable entries={task.ledger} />;
}

function Events({ task }: { readonly task: TaskDetail }) {
  const columns: readonly Column<Happening & { readonly place: number }>[] = [
    {
      key: "time",
      head: ledgerWords.time,
      cell: ({ at_ms }) => <code>{formatLogTime(new Date(at_ms))}</code>,
      width: 120,
    },
    { key: "kind", head: tasks.detail.tabs.events, cell: ({ kind }) => HAPPENINGS[kind] ?? kind },
    {
      key: "facts",
      head: "",
      cell: ({ facts }) => (
        <span className="muted">
          <Untrusted text={happeningWords({ facts })} />
        </span>
      ),
    },
  ];
  return (
    <Table
      caption={tasks.detail.tabs.events}
      columns={columns}
      rows={task.events.map((event, place) => ({ ...event, place }))}
      rowKey={({ place }) => String(place)}
    />
  );
}

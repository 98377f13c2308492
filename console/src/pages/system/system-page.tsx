import { useQuery } from "@tanstack/react-query";
import { Empty, LoadError, Skeleton } from "../../components/feedback.tsx";
import { Figure } from "../../components/figure.tsx";
import { Page } from "../../components/page.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { Time, Untrusted } from "../../components/values.tsx";
import { ApiError, api } from "../../lib/api.ts";
import { formatBytes, formatDuration, formatNumber } from "../../lib/format.ts";
import { pages } from "../../strings/en/pages.ts";
import { system } from "../../strings/en/system.ts";
import "./system.css";

interface Setting {
  readonly name: string;
  readonly origin: "environment" | "default";
  readonly value: string | null;
  readonly secret: boolean;
}

interface StageCount {
  readonly stage: string;
  readonly tasks: number;
}

/** What `GET /api/system` gives. */
interface System {
  readonly version: string;
  readonly started_time: string;
  readonly role: "all" | "api" | "worker";
  readonly database: "sqlite" | "postgres";
  readonly queue: readonly StageCount[];
  readonly due_lag_ms: number;
  readonly deliveries_waiting: number;
  readonly delivery_lag_ms: number;
  readonly files: {
    readonly kept: number;
    readonly bytes: number;
    readonly expiring_24h: number;
  };
  readonly disk_free_bytes: number | null;
  readonly writer: { readonly p50_ms: number | null; readonly p99_ms: number | null };
  readonly settings: readonly Setting[];
}

/** Whether the gateway is well: what waits, the disk, the database, the settings. */
export function SystemPage() {
  const { data, error, refetch } = useQuery({
    queryKey: ["system"],
    queryFn: ({ signal }) => api<System>("/api/system", { signal }),
    refetchInterval: 5_000,
  });
  if (error instanceof ApiError && (error.status === 403 || error.status === 404)) {
    return (
      <Page title={pages.system}>
        <Empty icon="lock" title={system.forbidden} />
      </Page>
    );
  }
  return (
    <Page title={pages.system} lead={system.lead}>
      {data !== undefined && <Shown data={data} />}
      {data === undefined && error === null && <Skeleton height={400} />}
      {data === undefined && error !== null && (
        <LoadError error={error} onRetry={() => void refetch()} />
      )}
    </Page>
  );
}

function Shown({ data }: { readonly data: System }) {
  return (
    <>
      <Figures data={data} />
      <div className="system-cards">
        <Queue stages={data.queue} />
        <Process data={data} />
      </div>
      <section className="stack-tight">
        <h2>{system.settings}</h2>
        <Table
          caption={system.settings}
          columns={SETTING_COLUMNS}
          rows={data.settings}
          rowKey={({ name }) => name}
        />
      </section>
    </>
  );
}

function Figures({ data }: { readonly data: System }) {
  const { figures } = system;
  const late = (ms: number): string =>
    ms < 1_000 ? system.punctual : system.late(formatDuration(ms));
  const waiting = data.queue.reduce((sum, { tasks }) => sum + tasks, 0);
  const { p50_ms: median, p99_ms: slow } = data.writer;
  return (
    <dl className="stats">
      <Figure
        small
        name={figures.waiting}
        value={formatNumber(waiting)}
        note={late(data.due_lag_ms)}
      />
      <Figure
        small
        name={figures.callbacks}
        value={formatNumber(data.deliveries_waiting)}
        note={late(data.delivery_lag_ms)}
      />
      <Figure
        small
        name={figures.writes}
        value={slow === null ? "–" : formatDuration(slow)}
        note={median === null ? "" : system.median(formatDuration(median))}
      />
      <Figure
        small
        name={figures.disk}
        value={data.disk_free_bytes === null ? "–" : formatBytes(data.disk_free_bytes)}
      />
      <Figure
        small
        name={figures.files}
        value={`${formatNumber(data.files.kept)} · ${formatBytes(data.files.bytes)}`}
        note={system.expiring(formatNumber(data.files.expiring_24h))}
      />
    </dl>
  );
}

const STAGE_COLUMNS: readonly Column<StageCount>[] = [
  { key: "stage", head: system.stage, cell: ({ stage }) => stage },
  { key: "tasks", head: system.tasks, cell: ({ tasks }) => formatNumber(tasks), align: "end" },
];

function Queue({ stages }: { readonly stages: readonly StageCount[] }) {
  return (
    <section className="stack-tight">
      <h2>{system.queue}</h2>
      {stages.length === 0 ? (
        <p className="muted">{system.nothingWaits}</p>
      ) : (
        <Table
          caption={system.queue}
          columns={STAGE_COLUMNS}
          rows={stages}
          rowKey={({ stage }) => stage}
        />
      )}
    </section>
  );
}

function Process({ data }: { readonly data: System }) {
  return (
    <section className="stack-tight">
      <h2>{system.process}</h2>
      <dl className="facts">
        <dt>{system.version}</dt>
        <dd>{data.version}</dd>
        <dt>{system.started}</dt>
        <dd>
          <Time value={data.started_time} />
        </dd>
        <dt>{system.role}</dt>
        <dd>{system.roles[data.role]}</dd>
        <dt>{system.database}</dt>
        <dd>{system.databases[data.database]}</dd>
      </dl>
    </section>
  );
}

const SETTING_COLUMNS: readonly Column<Setting>[] = [
  { key: "name", head: system.name, cell: ({ name }) => <code>{name}</code> },
  {
    key: "value",
    head: system.value,
    cell: ({ value, secret }) =>
      secret ? (
        <span className="faint">{system.secret}</span>
      ) : (
        <code>
          <Untrusted text={value ?? ""} />
        </code>
      ),
  },
  {
    key: "origin",
    head: system.origin,
    cell: ({ origin }) => system.origins[origin],
    wideOnly: true,
  },
];

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button } from "../../components/button.tsx";
import { Chart } from "../../components/chart.tsx";
import { LoadError, messageOf, Skeleton } from "../../components/feedback.tsx";
import { Segmented } from "../../components/field.tsx";
import { Figure } from "../../components/figure.tsx";
import { Icon } from "../../components/icon.tsx";
import { LedgerTable } from "../../components/ledger-table.tsx";
import { Page } from "../../components/page.tsx";
import { useToast } from "../../components/toast.tsx";
import { api, readBlob } from "../../lib/api.ts";
import { formatCredits, formatDuration, formatNumber, formatPercent } from "../../lib/format.ts";
import { useQueryWord } from "../../lib/router.tsx";
import { saveBlob } from "../../lib/save-blob.ts";
import { useScene } from "../../lib/session.tsx";
import type { LedgerEntry } from "../../lib/tasks.ts";
import { pages } from "../../strings/en/pages.ts";
import { ledgerWords, usage } from "../../strings/en/usage.ts";
import {
  daysOf,
  type Group,
  seriesOf,
  type Usage,
  usageQuery,
  usageQueryWords,
} from "./usage-data.ts";
import "./usage.css";

/** What was made and spent, by day; and the ledger. */
export function UsagePage() {
  const { project } = useScene();
  const [span, setSpan] = useQueryWord("span", "7d");
  const [word, setGroup] = useQueryWord("by");
  const group = groupOf(word);
  const { data, error, refetch } = useQuery(usageQuery(project.id, span, group));
  const spans = Object.entries(usage.spans).map(([value, label]) => ({ value, label }));
  const groups = Object.entries(usage.groups).map(([value, label]) => ({ value, label }));
  return (
    <Page
      title={pages.usage}
      lead={usage.lead}
      actions={
        <Export words={{ ...usageQueryWords(span, group), format: "csv" }} path="/api/usage" />
      }
      filters={
        <>
          <Segmented label={usage.span} choices={spans} value={span} onChange={setSpan} />
          <Segmented
            label={usage.by}
            choices={groups}
            value={group === "" ? "none" : group}
            onChange={(value) => setGroup(value === "none" ? "" : value)}
          />
        </>
      }
    >
      {data !== undefined && <Figures data={data} />}
      {data !== undefined && <Charts data={data} group={group} />}
      {data === undefined && error === null && <Skeleton height={400} />}
      {data === undefined && error !== null && (
        <LoadError error={error} onRetry={() => void refetch()} />
      )}
      <Ledger />
    </Page>
  );
}

function groupOf(word: string): Group {
  return word === "model" || word === "key" || word === "provider" ? word : "";
}

function Figures({ data: { total } }: { readonly data: Usage }) {
  const { figures } = usage;
  const rate = total.failure_rate;
  return (
    <dl className="stats">
      <Figure name={figures.spend} value={formatCredits(total.credits)} />
      <Figure name={figures.tasks} value={formatNumber(total.tasks)} />
      <Figure
        name={figures.failures}
        value={formatNumber(total.failed)}
        note={rate === null ? "" : `${formatPercent(rate)} ${usage.share}`}
      />
      <Figure
        name={figures.latency}
        value={total.p50_ms === null ? "–" : formatDuration(total.p50_ms)}
        note={total.p95_ms === null ? "" : `${usage.p95} ${formatDuration(total.p95_ms)}`}
      />
    </dl>
  );
}

function Charts({ data, group }: { readonly data: Usage; readonly group: Group }) {
  const labels = daysOf(data).map((day) => day.slice(5));
  return (
    <div className="charts">
      <Chart
        kind="bars"
        title={usage.spend}
        labels={labels}
        series={seriesOf(data, group, ({ credits }) => Number(credits))}
        format={formatCredits}
      />
      <Chart
        kind="bars"
        title={usage.made}
        labels={labels}
        whole
        series={seriesOf(data, group, ({ tasks }) => tasks)}
        format={formatNumber}
      />
      <Chart
        kind="bars"
        title={usage.failed}
        labels={labels}
        whole
        series={seriesOf(data, group, ({ failed }) => failed)}
        format={formatNumber}
      />
      <Latency data={data} labels={labels} />
    </div>
  );
}

/** Percentiles cannot be added up: they are asked for by day alone. */
function Latency({ data, labels }: { readonly data: Usage; readonly labels: readonly string[] }) {
  const { project } = useScene();
  const [span] = useQueryWord("span", "7d");
  const plain = useQuery(usageQuery(project.id, span, "")).data ?? data;
  const rows = new Map(plain.rows.map((row) => [row.day, row]));
  const valuesOf = (pick: "p50_ms" | "p95_ms") =>
    daysOf(plain).map((day) => rows.get(day)?.[pick] ?? null);
  return (
    <Chart
      kind="lines"
      title={usage.latency}
      labels={labels}
      series={[
        { name: usage.p50, values: valuesOf("p50_ms") },
        { name: usage.p95, values: valuesOf("p95_ms") },
      ]}
      format={formatDuration}
    />
  );
}

/** A file is fetched as every other call is: a bare link could not name the project. */
function Export(props: {
  readonly path: string;
  readonly words: Readonly<Record<string, string>>;
}) {
  const toast = useToast();
  const download = async (): Promise<void> => {
    try {
      saveBlob(await readBlob(props.path, props.words), `${props.path.replace("/api/", "")}.csv`);
    } catch (error) {
      toast({ tone: "red", text: messageOf(error) });
    }
  };
  return (
    <Button onClick={() => void download()}>
      <Icon name="download" />
      {usage.csv}
    </Button>
  );
}

interface LedgerPage {
  readonly entries: readonly LedgerEntry[];
  readonly cursor: string | null;
}

const FIRST_PAGE: string | null = null;

function Ledger() {
  const { project } = useScene();
  const query = useInfiniteQuery({
    queryKey: ["ledger", project.id],
    queryFn: ({ pageParam, signal }) =>
      api<LedgerPage>("/api/ledger", { query: { cursor: pageParam, limit: 25 }, signal }),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: ({ cursor }) => cursor,
  });
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <section className="stack-tight">
      <div className="row">
        <h2 className="grow">{ledgerWords.caption}</h2>
        <Export path="/api/ledger" words={{ format: "csv" }} />
      </div>
      {query.data === undefined && query.error !== null && (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      )}
      <LedgerTable entries={entries} />
      {query.hasNextPage && (
        <div>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {usage.more}
          </Button>
        </div>
      )}
    </section>
  );
}

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { LinkButton } from "../../components/button.tsx";
import { LoadError, Skeleton } from "../../components/feedback.tsx";
import { Figure } from "../../components/figure.tsx";
import { Icon } from "../../components/icon.tsx";
import { Page } from "../../components/page.tsx";
import { Thumb } from "../../components/thumb.tsx";
import { Untrusted } from "../../components/values.tsx";
import { formatCredits, formatNumber } from "../../lib/format.ts";
import { modelsQuery } from "../../lib/models.ts";
import { Link } from "../../lib/router.tsx";
import { useMay, useRunsGateway, useScene, useTo } from "../../lib/session.tsx";
import { countsQuery, readTasks, type TaskItem } from "../../lib/tasks.ts";
import { home } from "../../strings/en/home.ts";
import { pages } from "../../strings/en/pages.ts";
import { keysQuery } from "../keys/api-key.ts";
import { StateCell } from "../tasks/task-row.tsx";
import { usageQuery } from "../usage/usage-data.ts";
import { ALL_DELIVERIES, readDeliveries } from "../webhooks/webhook-data.ts";
import "./home.css";

/** What needs somebody: first steps, what runs, what failed, what came out last. */
export function HomePage() {
  const { session } = useScene();
  return (
    <Page title={home.hello(session.person?.name ?? "")} windowTitle={pages.home}>
      <Steps />
      <Figures />
      <div className="home-lists">
        <TaskCard title={home.running} status="not_started,running" none={home.nothingRuns} />
        <TaskCard title={home.failed} status="failed" from="24h" none={home.noneFailed} />
      </div>
      <Recent />
    </Page>
  );
}

interface Step {
  readonly name: "key" | "run" | "callback" | "provider";
  readonly done: boolean;
  readonly to: string;
}

/** The four first steps, until all of them are done. */
function Steps() {
  const steps = useSteps();
  const to = useTo();
  const next = steps?.find(({ done }) => !done);
  if (steps === null || next === undefined) return null;
  return (
    <section aria-label={home.steps.title}>
      <ol className="steps">
        {steps.map((step) => (
          <li key={step.name} className="card step" data-done={step.done || undefined}>
            <span className="step-mark">
              {step.done ? <Icon name="check" /> : steps.indexOf(step) + 1}
            </span>
            <h2>{home.steps[step.name].title}</h2>
            {step.done ? (
              <p className="muted">{home.steps.done}</p>
            ) : (
              <>
                <p className="muted grow">{home.steps[step.name].text}</p>
                <LinkButton small kind={step === next ? "primary" : "plain"} to={to(step.to)}>
                  {home.steps[step.name].action}
                </LinkButton>
              </>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function useSteps(): readonly Step[] | null {
  const { project } = useScene();
  const admin = useMay("admin");
  const operator = useRunsGateway();
  const webhooks = useMay("webhooks");
  const { data: keys } = useQuery(keysQuery(project.id));
  const { data: counts } = useQuery(countsQuery(project.id, {}));
  const { data: models } = useQuery(modelsQuery());
  const { data: deliveries } = useQuery({
    queryKey: ["webhooks", project.id, "any"],
    queryFn: ({ signal }) => readDeliveries(ALL_DELIVERIES, { cursor: null, signal }),
    enabled: webhooks,
  });
  if (keys === undefined || counts === undefined || models === undefined) return null;
  const live = models.some(({ providers }) => providers.some((name) => name !== "offline"));
  const all: readonly (Step & { readonly may: boolean })[] = [
    { name: "key", done: keys.some(({ bootstrap }) => !bootstrap), to: "keys", may: admin },
    { name: "run", done: counts.total > 0, to: "playground", may: true },
    {
      name: "callback",
      done: (deliveries?.deliveries.length ?? 0) > 0,
      to: "webhooks",
      may: webhooks,
    },
    { name: "provider", done: live, to: "providers", may: operator },
  ];
  return all.filter(({ may }) => may);
}

function Figures() {
  const { project } = useScene();
  const { data } = useQuery(usageQuery(project.id, "24h", ""));
  const { data: open } = useQuery(countsQuery(project.id, { status: "not_started,running" }));
  if (data === undefined) return <Skeleton height={96} />;
  return (
    <dl className="stats">
      <Figure name={home.running} value={open === undefined ? "–" : formatNumber(open.total)} />
      <Figure name={home.made} value={formatNumber(data.total.finished)} />
      <Figure name={home.failed} value={formatNumber(data.total.failed)} />
      <Figure name={home.spent} value={formatCredits(data.total.credits)} />
    </dl>
  );
}

const LINES_MAX = 5;

function TaskCard(props: {
  readonly title: string;
  readonly status: string;
  readonly from?: string;
  readonly none: string;
}) {
  const { project } = useScene();
  const to = useTo();
  const filter = { status: props.status, from: props.from ?? "" };
  const { data, error, refetch } = useQuery({
    queryKey: ["tasks", project.id, "lines", filter],
    queryFn: ({ signal }) => readTasks(filter, { limit: LINES_MAX, signal }),
    refetchInterval: 5_000,
  });
  const words = new URLSearchParams(Object.entries(filter).filter(([, word]) => word !== ""));
  return (
    <Card title={props.title} more={to(`tasks?${words}`)}>
      {data === undefined && error === null && <Skeleton height={80} />}
      {data === undefined && error !== null && (
        <LoadError error={error} onRetry={() => void refetch()} />
      )}
      {data?.tasks.length === 0 && <p className="home-none muted">{props.none}</p>}
      <ul>
        {data?.tasks.map((task) => (
          <TaskLine key={task.task_id} task={task} />
        ))}
      </ul>
    </Card>
  );
}

function TaskLine({ task }: { readonly task: TaskItem }) {
  const to = useTo();
  return (
    <li className="home-line">
      <Thumb
        url={task.thumb_url}
        kind={task.kind}
        colour={task.colour}
        failed={task.status === "failed"}
      />
      <Link className="truncate grow home-name" to={to(`tasks/${task.task_id}`)}>
        <Untrusted text={task.prompt || task.model} />
      </Link>
      <span className="home-state">
        <StateCell task={task} />
      </span>
    </li>
  );
}

function Recent() {
  const { project } = useScene();
  const to = useTo();
  const { data } = useQuery({
    queryKey: ["tasks", project.id, "recent"],
    queryFn: ({ signal }) => readTasks({ status: "finished" }, { limit: 12, signal }),
    refetchInterval: 10_000,
  });
  const shown = data?.tasks.filter(({ thumb_url }) => thumb_url !== null) ?? [];
  if (shown.length === 0) return null;
  return (
    <Card title={home.recent} more={to("gallery")}>
      <div className="home-recent">
        {shown.map((task) => (
          <Link
            key={task.task_id}
            to={to(`tasks/${task.task_id}`)}
            title={task.prompt}
            aria-label={task.prompt || task.model}
          >
            <Thumb url={task.thumb_url} kind={task.kind} colour={task.colour} size={112} />
          </Link>
        ))}
      </div>
    </Card>
  );
}

function Card(props: {
  readonly title: string;
  readonly more: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="card" aria-label={props.title}>
      <div className="card-head">
        <h2 className="grow">{props.title}</h2>
        <Link to={props.more} aria-label={`${home.all}: ${props.title}`}>
          {home.all}
        </Link>
      </div>
      {props.children}
    </section>
  );
}

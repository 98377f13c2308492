import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Chip } from "../../components/badge.tsx";
import { Button, LinkButton } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Empty, LoadError, Skeleton } from "../../components/feedback.tsx";
import { Page } from "../../components/page.tsx";
import { TaskState } from "../../components/status.tsx";
import { Id, Time, Untrusted } from "../../components/values.tsx";
import { ApiError } from "../../lib/api.ts";
import { navigate, useParams } from "../../lib/router.tsx";
import { useMay, useScene, useTo } from "../../lib/session.tsx";
import { useShortcuts } from "../../lib/shortcuts.ts";
import { isOpen, type TaskDetail, taskQuery } from "../../lib/tasks.ts";
import { tasks } from "../../strings/en/tasks.ts";
import { useTaskActions } from "../tasks/task-actions.ts";
import { KeepMenu } from "./keep-menu.tsx";
import { TaskFacts } from "./task-facts.tsx";
import { TaskResult } from "./task-result.tsx";
import { TaskTabs } from "./task-tabs.tsx";
import { TimelineView } from "./timeline-view.tsx";
import "./task.css";

/** One task: what came of it, where it has been and what it cost. */
export function TaskPage() {
  const { id = "" } = useParams();
  const { project } = useScene();
  const to = useTo();
  const { data, error, refetch } = useQuery(taskQuery(project.id, id));
  if (data !== undefined) return <Shown task={data} />;
  const missing = error instanceof ApiError && error.status === 404;
  return (
    <Page title={id}>
      {missing && (
        <Empty
          icon="search"
          title={tasks.detail.missing}
          actions={<LinkButton to={to("tasks")}>{tasks.detail.toList}</LinkButton>}
        >
          {tasks.detail.missingText}
        </Empty>
      )}
      {error !== null && !missing && <LoadError error={error} onRetry={() => void refetch()} />}
      {error === null && <Skeleton height={400} />}
    </Page>
  );
}

function Shown({ task }: { readonly task: TaskDetail }) {
  return (
    <Page
      title={titleOf(task)}
      windowTitle={titleOf(task).slice(0, 60)}
      lead={<Lead task={task} />}
      actions={<Actions task={task} />}
    >
      <div className="task-columns">
        <div className="stack">
          <TaskResult task={task} />
          <TimelineView task={task} />
        </div>
        <TaskFacts task={task} />
      </div>
      <TaskTabs task={task} />
    </Page>
  );
}

const TITLE_LENGTH_MAX = 90;

function titleOf({ prompt, model }: TaskDetail): string {
  const title = prompt === "" ? model : prompt;
  return title.length > TITLE_LENGTH_MAX ? `${title.slice(0, TITLE_LENGTH_MAX - 1)}…` : title;
}

function Lead({ task }: { readonly task: TaskDetail }) {
  return (
    <span className="row-wrap">
      <TaskState status={task.status} errorCode={task.error_code} progress={task.progress} />
      <Id value={task.task_id} />
      <Untrusted text={task.model} />
      {task.key_name !== null && (
        <span className="muted">
          {tasks.detail.facts.key} <Untrusted text={task.key_name} />
        </span>
      )}
      <Chip>{tasks.filters.modes[task.mode]}</Chip>
      <span className="muted">
        <Time value={task.created_time} />
      </span>
    </span>
  );
}

function Actions({ task }: { readonly task: TaskDetail }) {
  const to = useTo();
  const may = { submit: useMay("submit"), cancel: useMay("cancel"), send: useMay("webhooks") };
  const actions = useTaskActions();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const again = async (): Promise<void> => {
    setBusy(true);
    const made = await actions.again(task.task_id);
    setBusy(false);
    if (made !== null) navigate(to(`tasks/${made}`));
  };
  const mayAgain = may.submit && task.input !== null;
  useShortcuts(mayAgain ? { r: () => void again() } : {});
  const words = tasks.actions;
  return (
    <>
      {isOpen(task.status) && may.cancel && (
        <Button kind="danger-plain" onClick={() => setAsking(true)}>
          {words.cancel}
        </Button>
      )}
      {task.deliveries.some(({ state }) => state !== "waiting") && may.send && (
        <Button onClick={() => void actions.redeliver([task])}>{words.redeliver}</Button>
      )}
      <KeepMenu task={task} />
      {mayAgain && (
        <Button kind="primary" icon="retry" busy={busy} onClick={() => void again()}>
          {words.again}
        </Button>
      )}
      {asking && <CancelDialog task={task} onClose={() => setAsking(false)} />}
    </>
  );
}

/** Says first what becomes of the money. */
function CancelDialog(props: { readonly task: TaskDetail; readonly onClose: () => void }) {
  const { task, onClose } = props;
  const actions = useTaskActions();
  const [busy, setBusy] = useState(false);
  const words = tasks.cancelDialog;
  const provider = task.attempts.at(-1)?.provider;
  const text =
    provider === undefined
      ? words.queued
      : provider === "offline"
        ? words.offline
        : words.provider(provider);
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{words.keep}</Button>
          <Button
            kind="danger"
            busy={busy}
            onClick={async () => {
              setBusy(true);
              await actions.cancel([task]);
              onClose();
            }}
          >
            {words.action}
          </Button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Button, LinkButton } from "../../components/button.tsx";
import { LoadError, Notice, Progress, Skeleton } from "../../components/feedback.tsx";
import { TaskState } from "../../components/status.tsx";
import { Money, Time, Untrusted } from "../../components/values.tsx";
import { formatDuration } from "../../lib/format.ts";
import { useScene, useTo } from "../../lib/session.tsx";
import type { SubmitBody } from "../../lib/snippets.ts";
import { type TaskNow, useTaskNow } from "../../lib/task-now.ts";
import { isOpen, type TaskDetail, taskQuery } from "../../lib/tasks.ts";
import { playground } from "../../strings/en/playground.ts";
import { failureWords } from "../tasks/task-words.ts";
import { CancelTask } from "./cancel-task.tsx";
import { ratioOfInput } from "./ratio.ts";
import { Results } from "./results.tsx";

interface TaskViewProps {
  readonly taskId: string;
  readonly body: SubmitBody;
  readonly onAgain: () => void;
  readonly onEdit: (body: SubmitBody) => void;
  readonly onUse: ((url: string) => void) | undefined;
}

/** One task: where it is while it runs, what it made or why it failed. */
export function TaskView(props: TaskViewProps) {
  const { taskId, body } = props;
  const { project } = useScene();
  const now = useTaskNow(taskId);
  const ended = now.data !== undefined && !isOpen(now.data.status);
  const whole = useQuery({ ...taskQuery(project.id, taskId), enabled: ended });
  useBalanceAfter(ended);
  if (now.error !== null) {
    return <LoadError error={now.error} onRetry={() => void now.refetch()} />;
  }
  if (now.data === undefined) return <Skeleton height={320} />;
  return (
    <div className="task-view">
      <TaskLine now={now.data} whole={whole.data} />
      {!ended && <Waiting now={now.data} body={body} />}
      {now.data.status === "failed" && <Failure now={now.data} whole={whole.data} />}
      {now.data.status === "finished" && whole.error !== null && (
        <LoadError error={whole.error} onRetry={() => void whole.refetch()} />
      )}
      {now.data.status === "finished" && whole.data !== undefined && (
        <Results task={whole.data} onUse={props.onUse} onEdit={props.onEdit} />
      )}
      <Actions {...props} ended={ended} credits={now.data.credits} />
    </div>
  );
}

/** The end of a task moves money: the balance is asked for again. */
function useBalanceAfter(ended: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (ended) void client.invalidateQueries({ queryKey: ["balance"] });
  }, [ended, client]);
}

function TaskLine(props: { readonly now: TaskNow; readonly whole: TaskDetail | undefined }) {
  const { now, whole } = props;
  const words = playground.result;
  return (
    <div className="task-line">
      <span role="status">
        <TaskState status={now.status} errorCode={now.error_code} progress={now.progress} />
      </span>
      <span className="truncate">{now.model}</span>
      <span className="meta row-wrap">
        {whole?.duration_ms != null && <span>{words.took(formatDuration(whole.duration_ms))}</span>}
        <Money credits={now.credits} unit />
        {now.expires_time !== null && (
          <span>
            {words.kept} <Time value={now.expires_time} />
          </span>
        )}
        {whole?.seed != null && <span>{words.seed(whole.seed)}</span>}
      </span>
    </div>
  );
}

function Waiting({ now, body }: { readonly now: TaskNow; readonly body: SubmitBody }) {
  const ratio = ratioOfInput(body.input) ?? 16 / 9;
  const words = playground.result;
  return (
    <div className="result-stage" style={{ aspectRatio: ratio }} aria-busy="true">
      <div className="result-wait">
        {now.provider !== null && <p className="muted">{words.waiting(now.provider)}</p>}
        <Progress percent={now.progress} label={words.progress} />
      </div>
    </div>
  );
}

function Failure(props: { readonly now: TaskNow; readonly whole: TaskDetail | undefined }) {
  const { now, whole } = props;
  const lines = whole === undefined ? [now.error_message ?? ""] : failureWords(whole).lines;
  return (
    <div className="result-fault">
      <Notice tone={now.error_code === "canceled" ? "grey" : "red"}>
        {lines.map((line) => (
          <p key={line}>
            <Untrusted text={line} />
          </p>
        ))}
      </Notice>
    </div>
  );
}

function Actions(props: TaskViewProps & { readonly ended: boolean; readonly credits: string }) {
  const [canceling, setCanceling] = useState(false);
  const to = useTo();
  const words = playground.result;
  return (
    <div className="row-wrap">
      <Button icon="retry" onClick={props.onAgain}>
        {words.again}
      </Button>
      <Button kind="quiet" onClick={() => props.onEdit(props.body)}>
        {words.edit}
      </Button>
      {!props.ended && (
        <Button kind="quiet" onClick={() => setCanceling(true)}>
          {words.cancel}
        </Button>
      )}
      <LinkButton kind="quiet" to={to(`tasks/${props.taskId}`)}>
        {words.open}
      </LinkButton>
      {canceling && (
        <CancelTask
          taskId={props.taskId}
          credits={props.credits}
          onClose={() => setCanceling(false)}
        />
      )}
    </div>
  );
}

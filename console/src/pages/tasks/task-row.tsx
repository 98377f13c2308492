import { memo } from "react";
import { Badge, Chip } from "../../components/badge.tsx";
import { TaskState, taskSign } from "../../components/status.tsx";
import { Thumb } from "../../components/thumb.tsx";
import { Money, Time, Untrusted, useNow } from "../../components/values.tsx";
import { formatCredits, formatDuration, parseTime } from "../../lib/format.ts";
import { Link } from "../../lib/router.tsx";
import { isOpen, type TaskItem } from "../../lib/tasks.ts";
import { tasks } from "../../strings/en/tasks.ts";
import { stateNote } from "./task-words.ts";

/** One task as a line of the list. */
export const TaskRow = memo(function TaskRow(props: {
  readonly task: TaskItem;
  readonly to: string;
  /** Place in the whole list, from 1, the head being 1. */
  readonly place: number;
  readonly top: number;
  readonly selected: boolean;
  readonly onSelect: (taskId: string, selected: boolean) => void;
  readonly onPeek: (taskId: string) => void;
}) {
  const { task, to, onPeek, onSelect } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the link inside does the same.
    <div
      role="row"
      tabIndex={-1}
      className="task-row"
      aria-rowindex={props.place}
      aria-selected={props.selected}
      style={{ transform: `translateY(${props.top}px)` }}
      data-task={task.task_id}
      data-failed={task.status === "failed" || undefined}
      onClick={(event) => {
        const own = event.target instanceof Element ? event.target : null;
        if (own?.closest("a, button, input, label") === null) onPeek(task.task_id);
      }}
    >
      <Cell name="select">
        <input
          type="checkbox"
          aria-label={`${tasks.columns.select} ${task.task_id}`}
          checked={props.selected}
          onChange={(event) => onSelect(task.task_id, event.target.checked)}
        />
      </Cell>
      <Cell name="thumb">
        <Thumb
          url={task.thumb_url}
          kind={task.kind}
          colour={task.colour}
          failed={task.status === "failed"}
        />
      </Cell>
      <Cell name="prompt">
        <Name task={task} to={to} />
      </Cell>
      <Cell name="model">
        <span className="muted truncate">
          <Untrusted text={task.model} />
        </span>
        {task.mode === "test" && <Chip>{tasks.filters.modes.test}</Chip>}
      </Cell>
      <Cell name="state">
        <StateCell task={task} />
      </Cell>
      <Cell name="took">
        <Took task={task} />
      </Cell>
      <Cell name="money">
        <MoneyCell task={task} />
      </Cell>
      <Cell name="made">
        <Time value={task.created_time} />
      </Cell>
    </div>
  );
});

function Name({ task, to }: { readonly task: TaskItem; readonly to: string }) {
  return (
    <Link to={to} className="task-name truncate" title={task.task_id}>
      {task.prompt === "" ? (
        <span className="faint">{tasks.noPrompt}</span>
      ) : (
        <Untrusted text={task.prompt} />
      )}
    </Link>
  );
}

function Cell(props: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div role="cell" className={`task-cell task-${props.name}`}>
      {props.children}
    </div>
  );
}

/** The state with what stands behind it; an unknown outcome is a sign of its own. */
export function StateCell({ task }: { readonly task: TaskItem }) {
  const note = stateNote(task);
  if (task.phase === "unknown" && isOpen(task.status)) {
    return (
      <Badge tone="amber" icon="unknown" plain>
        {taskSign("running", null).word} <span className="muted">{note}</span>
      </Badge>
    );
  }
  return (
    <>
      <TaskState plain status={task.status} errorCode={task.error_code} progress={task.progress} />
      {note !== null && (
        <span className="muted truncate" title={note}>
          <Untrusted text={note} />
        </span>
      )}
    </>
  );
}

/** How long it took, or how long it has been running. */
function Took({ task }: { readonly task: TaskItem }) {
  if (isOpen(task.status)) return <Running since={task.started_time ?? task.created_time} />;
  return <>{task.duration_ms === null ? "–" : formatDuration(task.duration_ms)}</>;
}

/** The time since then, counted on each second. */
export function Running({ since }: { readonly since: string }) {
  const now = useNow(1_000);
  const start = parseTime(since);
  return <>{start === null ? "–" : formatDuration(now - start.getTime())}</>;
}

function MoneyCell({ task }: { readonly task: TaskItem }) {
  if (isOpen(task.status) && task.held !== "0") {
    return <span className="muted">{tasks.held(formatCredits(task.held))}</span>;
  }
  return <Money credits={task.credits} />;
}

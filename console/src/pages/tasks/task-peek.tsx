import { useQuery } from "@tanstack/react-query";
import { LinkButton } from "../../components/button.tsx";
import { Peek } from "../../components/dialog.tsx";
import { LoadError, Skeleton } from "../../components/feedback.tsx";
import { visibleText } from "../../lib/format.ts";
import { useScene, useTo } from "../../lib/session.tsx";
import { taskQuery } from "../../lib/tasks.ts";
import { tasks } from "../../strings/en/tasks.ts";
import { TaskFacts } from "../task/task-facts.tsx";
import { TaskResult } from "../task/task-result.tsx";

/** A look at one task beside the list. */
export function TaskPeek(props: { readonly taskId: string; readonly onClose: () => void }) {
  const { project } = useScene();
  const to = useTo();
  const { data, error, refetch } = useQuery(taskQuery(project.id, props.taskId));
  const title = data === undefined ? props.taskId : data.prompt || data.model;
  return (
    <Peek
      title={visibleText(title)}
      onClose={props.onClose}
      foot={
        <LinkButton kind="primary" to={to(`tasks/${props.taskId}`)}>
          {tasks.actions.open}
        </LinkButton>
      }
    >
      {data === undefined ? (
        error === null ? (
          <Skeleton height={320} />
        ) : (
          <LoadError error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <div className="stack">
          <TaskResult task={data} />
          <TaskFacts task={data} />
        </div>
      )}
    </Peek>
  );
}

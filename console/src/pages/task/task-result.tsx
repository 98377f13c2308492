import { Progress } from "../../components/feedback.tsx";
import { ResultView } from "../../components/result-view.tsx";
import { Untrusted } from "../../components/values.tsx";
import { isOpen, type TaskDetail } from "../../lib/tasks.ts";
import { tasks } from "../../strings/en/tasks.ts";
import { failureWords } from "../tasks/task-words.ts";
import "./task.css";

/** What came of a task: its files, how far it is, or why there are none. */
export function TaskResult({ task }: { readonly task: TaskDetail }) {
  if (isOpen(task.status)) {
    return (
      <div className="result-wait">
        <span className="muted">{tasks.detail.working}</span>
        <Progress percent={task.progress} label={tasks.detail.working} />
      </div>
    );
  }
  if (task.status === "failed") return <Failure task={task} />;
  return (
    <div className="stack-tight">
      <ResultView task={task} />
    </div>
  );
}

function Failure({ task }: { readonly task: TaskDetail }) {
  const { title, lines } = failureWords(task);
  return (
    <div className="notice" data-tone={task.error_code === "canceled" ? "grey" : "red"}>
      <div className="notice-text">
        <strong>{title}</strong>
        {lines.map((line) => (
          <div key={line}>
            <Untrusted text={line} />
          </div>
        ))}
      </div>
    </div>
  );
}

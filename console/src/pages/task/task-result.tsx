import { Progress } from "../../components/feedback.tsx";
import { MediaView } from "../../components/media.tsx";
import { Untrusted } from "../../components/values.tsx";
import { isOpen, type TaskDetail } from "../../lib/tasks.ts";
import { media } from "../../strings/en/media.ts";
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
  const words = task.results.flatMap(textsOf);
  return (
    <div className="stack-tight">
      {task.files.length > 0 && (
        <MediaView files={task.files} alt={task.prompt || task.model} titles={titlesOf(task)} />
      )}
      {words.map((text) => (
        <pre className="result-text" key={text}>
          <Untrusted text={text} />
        </pre>
      ))}
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

/** The titles of tracks, in the order of the sounds among the files. */
function titlesOf({ files, results }: TaskDetail): readonly (string | null)[] {
  const titles = results.flatMap((result) => {
    const title = result.title;
    return typeof title === "string" && title !== "" ? [title] : [];
  });
  let next = 0;
  return files.map(({ media_type }) => {
    if (!media_type.startsWith("audio/")) return null;
    const title = titles[next] ?? `${media.track} ${next + 1}`;
    next += 1;
    return title;
  });
}

/** Results that are words: lyrics, a style. */
function textsOf(result: Readonly<Record<string, unknown>>): readonly string[] {
  const { lyrics, text, style, lyric, content } = result;
  return [lyrics, lyric, text, style, content].filter(
    (each): each is string => typeof each === "string" && each !== "",
  );
}

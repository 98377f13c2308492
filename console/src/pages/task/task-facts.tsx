import { JsonTree } from "../../components/json.tsx";
import { mediaFacts } from "../../components/media.tsx";
import { Money, Time, Untrusted } from "../../components/values.tsx";
import { nearUrl } from "../../lib/own-path.ts";
import type { TaskDetail } from "../../lib/tasks.ts";
import { tasks } from "../../strings/en/tasks.ts";

/** Money, input, who served it and the files: the facts beside a result. */
export function TaskFacts({ task }: { readonly task: TaskDetail }) {
  const { detail } = tasks;
  return (
    <div className="stack">
      <section className="stack-tight">
        <h3>{detail.money}</h3>
        <MoneyFacts task={task} />
      </section>
      <section className="stack-tight">
        <h3>{detail.input}</h3>
        {task.input === null ? (
          <p className="muted">{detail.wiped}</p>
        ) : (
          <JsonTree value={task.input} label={detail.input} />
        )}
      </section>
      <section className="stack-tight">
        <h3>{detail.served}</h3>
        <p className="muted">
          {servedBy(task) ?? detail.noAttempts}
          {task.substitute !== null && ` · ${detail.standIn(task.substitute)}`}
        </p>
      </section>
      {task.files.length > 0 && (
        <section className="stack-tight">
          <h3>{detail.files}</h3>
          <Files task={task} />
        </section>
      )}
    </div>
  );
}

/** Who took it: provider and model of the last attempt. */
function servedBy({ attempts }: TaskDetail): string | null {
  const last = attempts.at(-1);
  if (last === undefined) return null;
  return [last.provider, last.upstream_model].filter((part) => part !== null).join(" · ");
}

function MoneyFacts({ task }: { readonly task: TaskDetail }) {
  const { detail } = tasks;
  const { held, settled, released } = task.money;
  if (task.mode === "test") return <p className="muted">{detail.free}</p>;
  return (
    <dl className="facts">
      <dt>{detail.heldFact}</dt>
      <dd>
        <Money credits={held} unit />
      </dd>
      <dt>{detail.settled}</dt>
      <dd>
        <Money credits={settled} unit />
      </dd>
      <dt>{detail.released}</dt>
      <dd>
        <Money credits={released} unit />
      </dd>
    </dl>
  );
}

function Files({ task }: { readonly task: TaskDetail }) {
  const { detail } = tasks;
  return (
    <ul className="stack-tight">
      {task.files.map((file) => (
        <li key={file.file_id} className="file-line">
          {file.file_url === null ? (
            <span className="faint">{detail.gone}</span>
          ) : (
            <a href={nearUrl(file.file_url)} download>
              <Untrusted text={file.media_type} />
            </a>
          )}
          <span className="muted">{mediaFacts(file)}</span>
          {!file.gone && (
            <span className="meta">
              {detail.expires} <Time value={file.expires_time} />
            </span>
          )}
          <code className="meta truncate" title={file.sha256}>
            sha256 {file.sha256.slice(0, 12)}…
          </code>
        </li>
      ))}
    </ul>
  );
}

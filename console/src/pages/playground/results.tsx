import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/feedback.tsx";
import { JsonTree } from "../../components/json.tsx";
import { MediaView } from "../../components/media.tsx";
import { Untrusted } from "../../components/values.tsx";
import { nearUrl } from "../../lib/own-path.ts";
import type { TaskDetail } from "../../lib/tasks.ts";
import { playground } from "../../strings/en/playground.ts";
import { type TextPart, textsOf, titlesOf } from "./result-texts.ts";

/** What a finished task made: pictures, films, tracks with their lyrics, words. */
export function Results(props: {
  readonly task: TaskDetail;
  /** Puts a picture into the form; absent where the model takes none. */
  readonly onUse: ((url: string) => void) | undefined;
}) {
  const { task, onUse } = props;
  const texts = distinct(task.results.flatMap(textsOf));
  const there = task.files.filter(({ gone }) => !gone);
  if (task.files.length > 0 && there.length === 0) {
    return <Notice tone="grey">{playground.result.expired}</Notice>;
  }
  const { files } = task;
  const prompt = task.input?.prompt;
  return (
    <div className="stack-tight">
      {files.length > 0 && (
        <MediaView
          files={files}
          alt={typeof prompt === "string" && prompt !== "" ? prompt : task.model}
          titles={titlesOf(task.results, files)}
        />
      )}
      {texts.map((part) => (
        <Text key={part.name + part.text} {...part} />
      ))}
      {files.length === 0 && texts.length === 0 && (
        <JsonTree value={task.results} label={playground.result.data} />
      )}
      <Downloads task={task} onUse={onUse} />
    </div>
  );
}

function Text({ name, text, value }: TextPart) {
  return (
    <details className="card card-body" open={value !== null || name !== "prompt"}>
      <summary>{name === "prompt" ? playground.result.lyrics : name.replaceAll("_", " ")}</summary>
      {value === null ? (
        <p className="words">
          <Untrusted text={text} />
        </p>
      ) : (
        <JsonTree value={value} label={name} />
      )}
    </details>
  );
}

function Downloads(props: {
  readonly task: TaskDetail;
  readonly onUse: ((url: string) => void) | undefined;
}) {
  const { task, onUse } = props;
  const picture = task.files.find(({ media_type }) => media_type.startsWith("image/"));
  const url = picture?.position === 0 ? picture.file_url : null;
  const there = task.files.filter(({ file_url }) => file_url !== null);
  return (
    <div className="row-wrap">
      {there.map(({ file_id, file_url, media_type }, at) => (
        <a
          key={file_id}
          className="button"
          data-kind="plain"
          data-small
          href={nearUrl(file_url)}
          download
        >
          {playground.result.download}
          {there.length > 1 ? ` ${at + 1}` : ""}
          <span className="faint">{endingOf(file_url) ?? media_type}</span>
        </a>
      ))}
      {url !== null && onUse !== undefined && (
        <Button small icon="upload" onClick={() => onUse(url)}>
          {playground.result.use}
        </Button>
      )}
    </div>
  );
}

/** Two tracks of one text show it once. */
function distinct(parts: readonly TextPart[]): readonly TextPart[] {
  return [...new Map(parts.map((part) => [part.name + part.text, part])).values()];
}

function endingOf(url: string | null): string | null {
  return /\.([a-z0-9]{2,5})(?:\?|$)/i.exec(url ?? "")?.[1] ?? null;
}

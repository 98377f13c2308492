import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/feedback.tsx";
import { ResultView } from "../../components/result-view.tsx";
import { nearUrl } from "../../lib/own-path.ts";
import type { SubmitBody } from "../../lib/snippets.ts";
import type { TaskDetail } from "../../lib/tasks.ts";
import { type Track, tracksOf } from "../../lib/tracks.ts";
import { playground } from "../../strings/en/playground.ts";

/** What a finished task made: pictures, films, tracks with their lyrics, words. */
export function Results(props: {
  readonly task: TaskDetail;
  /** Puts a picture into the form; absent where the model takes none. */
  readonly onUse: ((url: string) => void) | undefined;
  /** Fills the form of a model. */
  readonly onEdit: (body: SubmitBody) => void;
}) {
  const { task, onUse } = props;
  const there = task.files.filter(({ gone }) => !gone);
  if (task.files.length > 0 && there.length === 0) {
    return <Notice tone="grey">{playground.result.expired}</Notice>;
  }
  return (
    <div className="stack-tight">
      <ResultView task={task} />
      <Downloads task={task} onUse={onUse} onEdit={props.onEdit} />
    </div>
  );
}

function Downloads(props: {
  readonly task: TaskDetail;
  readonly onUse: ((url: string) => void) | undefined;
  readonly onEdit: (body: SubmitBody) => void;
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
      {sungTracks(task).map(({ audioId }, at, all) => (
        <Button
          key={audioId}
          small
          icon="clock"
          onClick={() =>
            props.onEdit({
              model: "get-timestamped-lyrics",
              input: { task_id: task.task_id, audio_id: audioId },
            })
          }
        >
          {playground.result.timeLyrics}
          {all.length > 1 ? ` ${at + 1}` : ""}
        </Button>
      ))}
    </div>
  );
}

/** Tracks whose words are known: these can be timed. */
function sungTracks({ task_id, results, files }: TaskDetail): readonly Track[] {
  const hasWords = results.some(({ prompt }) => typeof prompt === "string" && prompt !== "");
  return hasWords ? tracksOf(task_id, results, files) : [];
}

function endingOf(url: string | null): string | null {
  return /\.([a-z0-9]{2,5})(?:\?|$)/i.exec(url ?? "")?.[1] ?? null;
}

import { useQuery } from "@tanstack/react-query";
import { type TextPart, textsOf, titlesOf } from "../lib/result-texts.ts";
import { useScene } from "../lib/session.tsx";
import { type TaskDetail, taskQuery } from "../lib/tasks.ts";
import { timedLines } from "../lib/timed-lines.ts";
import { tracksOf } from "../lib/tracks.ts";
import { media as words } from "../strings/en/media.ts";
import { AudioPlayer } from "./audio-player.tsx";
import { JsonTree } from "./json.tsx";
import { MediaView } from "./media.tsx";
import { Untrusted } from "./values.tsx";

/** What a finished task made: pictures, films, tracks with their lyrics, words. */
export function ResultView({ task }: { readonly task: TaskDetail }) {
  const { files, results } = task;
  const texts = distinct(results.flatMap(textsOf));
  // Words come as a file too: it is among the downloads.
  const shown = texts.length === 0 ? files : files.filter(({ media_type }) => isMedia(media_type));
  return (
    <>
      {shown.length > 0 && (
        <MediaView
          files={shown}
          alt={task.prompt === "" ? task.model : task.prompt}
          titles={titlesOf(results, shown)}
        />
      )}
      {texts.map((part) => (
        <Text key={part.name + part.text} task={task} part={part} />
      ))}
      {files.length === 0 && texts.length === 0 && <JsonTree value={results} label={words.data} />}
    </>
  );
}

function isMedia(type: string): boolean {
  return /^(image|video|audio)\//.test(type);
}

function Text({ task, part }: { readonly task: TaskDetail; readonly part: TextPart }) {
  const { name, text, value } = part;
  const lines = timedLines(text);
  if (lines.length > 0) return <Timed task={task} part={part} />;
  return (
    <details className="card card-body" open={value !== null || name !== "prompt"}>
      <summary>{name === "prompt" ? words.lyrics : name.replaceAll("_", " ")}</summary>
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

/** Lyrics with times, beside the track that they are of as long as that is there. */
function Timed({ task, part }: { readonly task: TaskDetail; readonly part: TextPart }) {
  const { project } = useScene();
  const source = task.input?.task_id;
  const id = typeof source === "string" ? source : "";
  const { data } = useQuery({ ...taskQuery(project.id, id), enabled: id !== "" });
  const tracks = data === undefined ? [] : tracksOf(id, data.results, data.files);
  const track = tracks.find(({ audioId }) => audioId === task.input?.audio_id);
  if (track === undefined) {
    return (
      <details className="card card-body" open>
        <summary>{words.lyrics}</summary>
        <p className="words">
          <Untrusted text={part.text} />
        </p>
      </details>
    );
  }
  return (
    <AudioPlayer
      url={track.url}
      peaksUrl={track.peaksUrl}
      title={track.title}
      coverUrl={null}
      seconds={track.seconds}
      lines={timedLines(part.text)}
    />
  );
}

/** Two tracks of one text show it once. */
function distinct(parts: readonly TextPart[]): readonly TextPart[] {
  return [...new Map(parts.map((part) => [part.name + part.text, part])).values()];
}

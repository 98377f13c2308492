import { useQueryClient } from "@tanstack/react-query";
import { memo, useEffect, useRef, useState } from "react";
import { Icon } from "../../components/icon.tsx";
import { useNow } from "../../components/values.tsx";
import { parseTime, visibleText } from "../../lib/format.ts";
import { useScene } from "../../lib/session.tsx";
import { type TaskItem, taskQuery } from "../../lib/tasks.ts";
import { gallery } from "../../strings/en/gallery.ts";

/** A film plays once the pointer has rested on it this long, milliseconds. */
const HOVER_MS = 120;
const ALT_LENGTH_MAX = 150;

/** One result: its picture whole and uncut, on its own colour. */
export const Tile = memo(function Tile(props: {
  readonly task: TaskItem;
  readonly picked: boolean;
  readonly onPick: (taskId: string, picked: boolean) => void;
  readonly onOpen: (taskId: string) => void;
}) {
  const { task, picked } = props;
  const [hovered, setHovered] = useState(false);
  const name = visibleText(task.prompt || task.model);
  return (
    <div
      className="tile"
      data-picked={picked || undefined}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      <button
        type="button"
        className="tile-face"
        data-tile={task.task_id}
        style={task.colour === null ? undefined : { background: task.colour }}
        aria-label={name.slice(0, ALT_LENGTH_MAX)}
        title={name}
        onClick={() => props.onOpen(task.task_id)}
      >
        <Face task={task} />
        {hovered && task.kind === "video" && <Moving taskId={task.task_id} />}
      </button>
      <input
        type="checkbox"
        className="tile-pick"
        aria-label={`${gallery.select}: ${name.slice(0, ALT_LENGTH_MAX)}`}
        checked={picked}
        onChange={(event) => props.onPick(task.task_id, event.target.checked)}
      />
      {task.kind === "image" && task.files > 1 && (
        <span className="tile-count" title={gallery.files(task.files)}>
          {task.files}
        </span>
      )}
      <span className="tile-note">
        <Left task={task} />
      </span>
    </div>
  );
});

function Face({ task }: { readonly task: TaskItem }) {
  if (task.thumb_url !== null) {
    return (
      <>
        <img src={task.thumb_url} alt="" loading="lazy" decoding="async" />
        {task.kind !== "image" && (
          <span className="tile-kind">
            <Icon name={task.kind === "music" ? "music" : "play"} size={12} />
          </span>
        )}
      </>
    );
  }
  return (
    <span className="tile-words">
      <Icon name={task.kind ?? "docs"} size={20} />
      <bdi>{visibleText(task.prompt || task.model).slice(0, ALT_LENGTH_MAX)}</bdi>
    </span>
  );
}

/** The film itself, muted, over its poster. Not for those who asked for less motion or data. */
function Moving({ taskId }: { readonly taskId: string }) {
  const client = useQueryClient();
  const { project } = useScene();
  const [url, setUrl] = useState<string | null>(null);
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (matchMedia("(prefers-reduced-motion: reduce), (prefers-reduced-data: reduce)").matches)
      return;
    const timer = setTimeout(async () => {
      const task = await client.fetchQuery(taskQuery(project.id, taskId)).catch(() => null);
      const film = task?.files.find(({ media_type }) => media_type.startsWith("video/"));
      setUrl(film?.file_url ?? null);
    }, HOVER_MS);
    return () => clearTimeout(timer);
  }, [client, project.id, taskId]);
  if (url === null) return null;
  return <video ref={video} className="tile-film" src={url} muted loop autoPlay playsInline />;
}

/** `7 h`, `24 h`, `3 d`: begun hours count, and more than two days are told in days. */
function hoursOrDays(ms: number): string {
  const hours = Math.ceil(ms / 3_600_000);
  return hours <= 48 ? `${hours} h` : `${Math.round(hours / 24)} d`;
}

/** How long the files live on, or that they are gone. */
function Left({ task }: { readonly task: TaskItem }) {
  const now = useNow(60_000);
  const end = parseTime(task.expires_time);
  if (end === null) return null;
  const leftMs = end.getTime() - now;
  if (leftMs <= 0) return <>{gallery.gone}</>;
  return <>{gallery.left(hoursOrDays(leftMs))}</>;
}

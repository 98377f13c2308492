import { useQueryClient } from "@tanstack/react-query";
import { type CSSProperties, memo, useEffect, useRef, useState } from "react";
import { Icon } from "../../components/icon.tsx";
import { useNow } from "../../components/values.tsx";
import { formatClock, parseTime, visibleText } from "../../lib/format.ts";
import { useMay, useScene } from "../../lib/session.tsx";
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
  readonly onStar: (taskId: string, starred: boolean) => void;
}) {
  const { task, picked } = props;
  const [hovered, setHovered] = useState(false);
  const mayStar = useMay("files");
  const name = visibleText(task.prompt || task.model);
  return (
    <div
      className="tile"
      data-picked={picked || undefined}
      style={shapeOf(task)}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      <button
        type="button"
        className="tile-face"
        data-tile={task.task_id}
        style={task.colour === null ? undefined : { background: task.colour }}
        aria-label={[name.slice(0, ALT_LENGTH_MAX), ...lengthOf(task)].join(", ")}
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
      {mayStar && (
        <button
          type="button"
          className="tile-star"
          aria-pressed={task.starred}
          aria-label={`${gallery.star}: ${name.slice(0, ALT_LENGTH_MAX)}`}
          title={task.starred ? gallery.unstar : gallery.star}
          onClick={() => props.onStar(task.task_id, !task.starred)}
        >
          <Icon name="star" />
        </button>
      )}
      {task.kind === "image" && task.pieces > 1 && (
        <span className="tile-count" title={gallery.files(task.pieces)}>
          {task.pieces}
        </span>
      )}
      <span className="tile-note">
        <Left task={task} />
      </span>
    </div>
  );
});

/** Widest and narrowest that a tile gets: beyond them a picture stands on its own colour. */
const RATIO_MAX = 2.4;
const RATIO_MIN = 0.5;

/** The share of its row by its own ratio, so that all of a row are as high as each other. */
function shapeOf(task: TaskItem): CSSProperties {
  const { width: wide, height: high } = task;
  const known = wide !== null && high !== null && high > 0 && task.kind !== "music";
  const ratio = known ? Math.min(RATIO_MAX, Math.max(RATIO_MIN, wide / high)) : 1;
  const width = `calc(${ratio} * var(--row-height))`;
  return {
    flex: `${ratio} 1 ${width}`,
    maxWidth: `calc(1.6 * ${width})`,
    aspectRatio: String(ratio),
  };
}

/** How long it plays; nothing for a picture. */
function lengthOf({ kind, duration_s: seconds }: TaskItem): readonly string[] {
  return kind === "image" || seconds === null ? [] : [formatClock(seconds)];
}

function Face({ task }: { readonly task: TaskItem }) {
  if (task.thumb_url !== null) {
    return (
      <>
        <img src={task.thumb_url} alt="" loading="lazy" decoding="async" />
        {task.kind !== "image" && (
          <span className="tile-kind">
            <Icon name={task.kind === "music" ? "music" : "play"} size={12} />
            {lengthOf(task)}
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

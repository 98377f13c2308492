import { useQueryClient } from "@tanstack/react-query";
import { memo, useEffect, useRef, useState } from "react";
import { Icon } from "../../components/icon.tsx";
import { useNow } from "../../components/values.tsx";
import { formatClock, parseTime, visibleText } from "../../lib/format.ts";
import { nearUrl, ownPath } from "../../lib/own-path.ts";
import { useMay, useScene } from "../../lib/session.tsx";
import { type TaskItem, taskQuery } from "../../lib/tasks.ts";
import { gallery } from "../../strings/en/gallery.ts";
import { timeLeft } from "./time-left.ts";

/** A film plays once the pointer has rested on it this long, milliseconds. */
const HOVER_MS = 120;
const ALT_LENGTH_MAX = 150;
/** Below this the time left is always in sight, milliseconds. */
const SOON_MS = 6 * 3_600_000;
/** Shapes beyond these stand whole on their own colour, so that no row gets lost in one of them. */
const RATIO = { min: 0.45, max: 3.2 };

/** What a tile tells the page. */
export interface TileActions {
  readonly onPick: (
    taskId: string,
    wish: { readonly on: boolean; readonly range: boolean },
  ) => void;
  readonly onOpen: (taskId: string) => void;
  readonly onStar: (taskIds: readonly string[], starred: boolean) => Promise<void>;
}

interface TileProps extends TileActions {
  readonly task: TaskItem;
  readonly picked: boolean;
}

/** One result, whole and in its own shape: a row grows until its tiles fill it. */
export const Tile = memo(function Tile(props: TileProps) {
  const { task, picked } = props;
  const [hovered, setHovered] = useState(false);
  const name = visibleText(task.prompt || task.model);
  const ratio = ratioOf(task);
  return (
    <div
      className="tile"
      data-picked={picked || undefined}
      style={{ flexGrow: ratio, flexBasis: `calc(var(--row-height) * ${ratio})` }}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      <button
        type="button"
        className="tile-face"
        data-tile={task.task_id}
        style={{
          aspectRatio: ratio,
          ...(task.colour === null ? {} : { background: task.colour }),
        }}
        aria-label={labelOf(task, name)}
        title={name}
        onClick={() => props.onOpen(task.task_id)}
      >
        <Face task={task} />
        {hovered && task.kind === "video" && <Moving taskId={task.task_id} />}
      </button>
      <Signs task={task} />
      <TileTools {...props} name={name.slice(0, ALT_LENGTH_MAX)} />
    </div>
  );
});

function TileTools({ task, picked, onPick, onStar, name }: TileProps & { name: string }) {
  const mayStar = useMay("files");
  return (
    <>
      <input
        type="checkbox"
        className="tile-pick"
        aria-label={`${gallery.select}: ${name}`}
        checked={picked}
        onChange={(event) => {
          const { nativeEvent } = event;
          const range = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
          onPick(task.task_id, { on: event.target.checked, range });
        }}
      />
      {mayStar && (
        <button
          type="button"
          className="tile-star"
          aria-pressed={task.starred}
          aria-label={`${gallery.star}: ${name}`}
          title={task.starred ? gallery.unstar : gallery.star}
          onClick={() => void onStar([task.task_id], !task.starred)}
        >
          <Icon name="star" />
        </button>
      )}
    </>
  );
}

function ratioOf({ width, height }: TaskItem): number {
  if (width === null || height === null || height === 0) return 1;
  const ratio = Math.max(RATIO.min, Math.min(RATIO.max, width / height));
  return Math.round(ratio * 1_000) / 1_000;
}

/** What it shows, how long it plays, how many there are. */
function labelOf({ kind, pieces, duration_s: seconds }: TaskItem, name: string): string {
  return [
    name.slice(0, ALT_LENGTH_MAX),
    ...(kind === "image" || seconds === null ? [] : [formatClock(seconds)]),
    ...(pieces > 1 ? [gallery.pieces(pieces)] : []),
  ].join(", ");
}

function Face({ task }: { readonly task: TaskItem }) {
  const picture = ownPath(task.thumb_url);
  if (picture !== null) return <img src={picture} alt="" loading="lazy" decoding="async" />;
  return (
    <span className="tile-words">
      <Icon name={task.kind ?? "docs"} size={20} />
      <bdi>{visibleText(task.prompt || task.model).slice(0, ALT_LENGTH_MAX)}</bdi>
    </span>
  );
}

/** How long it plays, how many there are, how long its files live on. */
function Signs({ task }: { readonly task: TaskItem }) {
  const { kind, pieces, duration_s: seconds } = task;
  const isPlayed = kind === "video" || kind === "music";
  return (
    <>
      <Left task={task} />
      <span className="tile-signs" aria-hidden="true">
        {pieces > 1 && (
          <span className="tile-sign">
            <Icon name="copy" size={12} />
            {pieces}
          </span>
        )}
        {isPlayed && (
          <span className="tile-sign">
            <Icon name={kind === "music" ? "music" : "play"} size={12} />
            {seconds === null ? null : formatClock(seconds)}
          </span>
        )}
      </span>
    </>
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
  return (
    <video ref={video} className="tile-film" src={nearUrl(url)} muted loop autoPlay playsInline />
  );
}

/** How long the files live on, or that they are gone. */
function Left({ task }: { readonly task: TaskItem }) {
  const now = useNow(60_000);
  const end = parseTime(task.expires_time);
  const leftMs = end === null ? 0 : end.getTime() - now;
  if (task.files === 0) return null;
  return (
    <span className="tile-note" data-soon={leftMs < SOON_MS || undefined}>
      <Icon name="clock" size={12} />
      {timeLeft(leftMs)}
    </span>
  );
}

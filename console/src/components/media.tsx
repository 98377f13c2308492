import { useState } from "react";
import { formatBytes, formatClock } from "../lib/format.ts";
import { nearUrl, ownPath } from "../lib/own-path.ts";
import { useKeys } from "../lib/use-keys.ts";
import { media as words } from "../strings/en/media.ts";
import { AudioPlayer } from "./audio-player.tsx";
import { IconButton } from "./button.tsx";
import { Modal } from "./dialog.tsx";
import "./media.css";

/** A file of a result, as every view shows it. */
export interface MediaFile {
  readonly file_url: string | null;
  readonly media_type: string;
  readonly size_bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly duration_s: number | null;
  readonly colour: string | null;
  readonly poster_url: string | null;
  readonly peaks_url: string | null;
}

/** The files of a result: pictures that open large, films and tracks that play. */
export function MediaView(props: {
  readonly files: readonly MediaFile[];
  /** The prompt: what a picture shows to those who do not see it. */
  readonly alt: string;
  /** Names of the tracks, by the place of their file. */
  readonly titles?: readonly (string | null)[];
}) {
  const { files, titles = [] } = props;
  const [open, setOpen] = useState<number | null>(null);
  const alt = props.alt.slice(0, ALT_LENGTH_MAX);
  const shown = open === null ? undefined : files[open];
  const hasSound = files.some(({ media_type }) => isSound(media_type));
  return (
    <div className="media" data-many={files.length > 1 || undefined}>
      {files.map((file, index) => (
        <MediaItem
          key={file.file_url ?? index}
          file={file}
          cover={coverOf(files, index)}
          // The cover of a track stands in its player.
          hidden={hasSound && isPicture(file.media_type)}
          alt={alt}
          title={titles[index] ?? null}
          onOpen={() => setOpen(index)}
        />
      ))}
      {shown?.file_url != null && (
        <Modal className="viewer" label={alt} onClose={() => setOpen(null)}>
          <Zoomed
            url={shown.file_url}
            alt={alt}
            onClose={() => setOpen(null)}
            onStep={(step) => {
              const pictures = files.flatMap(({ media_type }, at) =>
                isPicture(media_type) ? [at] : [],
              );
              const at = pictures.indexOf(open ?? 0) + step;
              setOpen(pictures[(at + pictures.length) % pictures.length] ?? open);
            }}
          />
        </Modal>
      )}
    </div>
  );
}

/** Alternative texts are cut here. */
const ALT_LENGTH_MAX = 150;

function isPicture(mediaType: string): boolean {
  return mediaType.startsWith("image/");
}

function isSound(mediaType: string): boolean {
  return mediaType.startsWith("audio/");
}

/** The picture that follows a track is its cover. */
function coverOf(files: readonly MediaFile[], index: number): string | null {
  const next = files[index + 1];
  const isCover = next !== undefined && isPicture(next.media_type);
  return isCover ? (next.poster_url ?? next.file_url) : null;
}

function MediaItem(props: {
  readonly file: MediaFile;
  readonly alt: string;
  readonly title: string | null;
  readonly cover: string | null;
  readonly hidden: boolean;
  readonly onOpen: () => void;
}) {
  const { file, alt, onOpen } = props;
  if (props.hidden) return null;
  if (file.file_url === null) return <Gone file={file} />;
  if (isPicture(file.media_type)) return <Picture file={file} alt={alt} onOpen={onOpen} />;
  if (file.media_type.startsWith("video/")) return <Film file={file} alt={alt} />;
  if (isSound(file.media_type)) {
    return (
      <AudioPlayer
        coverUrl={props.cover}
        url={file.file_url}
        peaksUrl={file.peaks_url}
        title={props.title ?? words.track}
        seconds={file.duration_s}
      />
    );
  }
  return (
    <a className="button" data-kind="plain" href={nearUrl(file.file_url)} download>
      {words.download} {file.media_type}, {formatBytes(file.size_bytes)}
    </a>
  );
}

/** The shape of a file before its bytes are there, so that nothing moves when they come. */
function shapeOf({ width, height, colour }: MediaFile) {
  return {
    ...(width === null || height === null ? {} : { aspectRatio: `${width} / ${height}` }),
    ...(colour === null ? {} : { background: colour }),
  };
}

function Picture(props: {
  readonly file: MediaFile;
  readonly alt: string;
  readonly onOpen: () => void;
}) {
  const { file, alt } = props;
  return (
    <button type="button" className="media-picture" onClick={props.onOpen} title={words.enlarge}>
      <img
        src={nearUrl(file.file_url)}
        alt={alt}
        width={file.width ?? undefined}
        height={file.height ?? undefined}
        style={shapeOf(file)}
      />
    </button>
  );
}

function Film({ file, alt }: { readonly file: MediaFile; readonly alt: string }) {
  return (
    <video
      className="media-film"
      src={nearUrl(file.file_url)}
      poster={ownPath(file.poster_url) ?? undefined}
      aria-label={alt}
      controls
      playsInline
      preload={file.poster_url === null ? "metadata" : "none"}
      style={shapeOf(file)}
    />
  );
}

function Gone({ file }: { readonly file: MediaFile }) {
  return (
    <div className="media-gone" style={shapeOf({ ...file, colour: null })}>
      <strong>{words.gone}</strong>
      <span>{words.goneText}</span>
    </div>
  );
}

/** One picture over everything; a press or the keys change its size. */
function Zoomed(props: {
  readonly url: string;
  readonly alt: string;
  readonly onClose: () => void;
  readonly onStep: (step: 1 | -1) => void;
}) {
  const [full, setFull] = useState(false);
  useKeys(({ key }) => {
    if (key === "ArrowRight") props.onStep(1);
    if (key === "ArrowLeft") props.onStep(-1);
    if (key === "+" || key === "-") setFull(key === "+");
  });
  return (
    <div className="viewer-stage" data-full={full}>
      <div className="viewer-tools">
        <IconButton
          icon="zoom"
          label={full ? words.fit : words.actualSize}
          onClick={() => setFull(!full)}
        />
        <IconButton icon="close" label={words.close} onClick={props.onClose} />
      </div>
      <img src={nearUrl(props.url)} alt={props.alt} />
    </div>
  );
}

/** The size of a file in a line: `1280 × 720 · 0:05 · 8.4 MB`. */
export function mediaFacts(file: Omit<MediaFile, "colour" | "poster_url" | "peaks_url">): string {
  const { width, height, duration_s: seconds, size_bytes: bytes } = file;
  return [
    width === null || height === null ? null : `${width} × ${height}`,
    seconds === null ? null : formatClock(seconds),
    formatBytes(bytes),
  ]
    .filter((part) => part !== null)
    .join(" · ");
}

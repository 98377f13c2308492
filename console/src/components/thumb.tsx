import type { Media } from "../lib/models.ts";
import { nearUrl } from "../lib/own-path.ts";
import { Icon, type IconName } from "./icon.tsx";
import "./thumb.css";

const KIND_ICONS: Readonly<Record<Media, IconName>> = {
  image: "image",
  video: "video",
  music: "music",
};

/** A small picture of what came out, or what kind of thing it will be. */
export function Thumb(props: {
  readonly url: string | null;
  readonly kind: Media | null;
  readonly colour: string | null;
  readonly failed?: boolean;
  readonly size?: number;
}) {
  const { url, kind, colour, failed, size = 28 } = props;
  const box = { width: size, height: size };
  const icon = failed === true ? "failed" : kind === null ? "docs" : KIND_ICONS[kind];
  return (
    <span
      className="thumb"
      data-failed={failed || undefined}
      style={colour === null ? box : { ...box, background: colour }}
    >
      {url === null ? (
        <Icon name={icon} size={Math.min(16, size)} />
      ) : (
        <img src={nearUrl(url)} alt="" width={size} height={size} loading="lazy" decoding="async" />
      )}
    </span>
  );
}

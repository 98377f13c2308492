import { useState } from "react";
import { Icon } from "../../components/icon.tsx";
import { ownPath } from "../../lib/own-path.ts";
import type { MediaKind } from "./form-fields.ts";

/** A small picture of an input. What lies elsewhere is not loaded: its host is named instead. */
export function MediaThumb({ url, media }: { readonly url: string; readonly media: MediaKind }) {
  const [broken, setBroken] = useState(false);
  const path = ownPath(url);
  if (media === "image" && path !== null && !broken) {
    return <img className="media-thumb" src={path} alt="" onError={() => setBroken(true)} />;
  }
  if (media === "video" && path !== null && !broken) {
    return (
      <video
        className="media-thumb"
        src={path}
        muted
        preload="metadata"
        onError={() => setBroken(true)}
      />
    );
  }
  return (
    <div className="media-thumb media-host">
      <Icon name={media === "audio" ? "music" : media} size={20} />
      <span className="truncate">{hostOf(url)}</span>
    </div>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** A way to show a file without loading it whole. */
export type PreviewView = "small" | "large" | "peaks";

/** Every view. */
export const PREVIEW_VIEWS: readonly PreviewView[] = ["small", "large", "peaks"];

/** The name of a view's file. */
export const VIEW_FILES: Readonly<Record<PreviewView, string>> = {
  small: "small.webp",
  large: "large.webp",
  peaks: "peaks.json",
};

/** The views that a file of a type may have. A film may still turn out to have none. */
export function viewsOf(mediaType: string): readonly PreviewView[] {
  if (/^(image|video)\//.test(mediaType)) return ["small", "large"];
  return mediaType.startsWith("audio/") ? ["peaks"] : [];
}

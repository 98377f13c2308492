/** The words around pictures, films and tracks. */
export const media = {
  enlarge: "Enlarge",
  fit: "Fit to the window",
  actualSize: "Actual size",
  close: "Close",
  play: "Play",
  pause: "Pause",
  position: "Position",
  track: "Track",
  lyrics: "Lyrics",
  data: "What it gave",
  download: "Download",
  gone: "Gone",
  goneText: "The bytes have expired or were deleted; the record stays.",
};

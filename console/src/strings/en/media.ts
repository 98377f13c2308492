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
  download: "Download",
  gone: "Gone",
  goneText: "The bytes have expired; the record stays.",
};

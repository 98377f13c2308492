/** The words of keeping files. */
export const keep = {
  action: "Keep longer",
  days: (days: number) => (days === 1 ? "Keep for a day more" : `Keep for ${days} days`),
  kept: "Kept longer",
  keptUntil: (time: string) => `Kept until ${time}`,
  remove: "Delete files now",
  removed: "Files deleted",
  removeTitle: (tasks: number) =>
    tasks === 1 ? "Delete the files of this task?" : `Delete the files of ${tasks} tasks?`,
  removeText:
    "The files are gone at once, here and at their addresses. The record of the task stays.",
  removeKeep: "Keep them",
};

/** The words of the gallery. */
export const gallery = {
  search: "Search prompt or id",
  all: "All",
  kinds: { image: "Images", video: "Videos", music: "Audio" },
  left: (time: string) => `${time} left`,
  gone: "gone",
  today: "Today",
  yesterday: "Yesterday",
  open: "Open task",
  remix: "Remix",
  settings: "Settings",
  close: "Close",
  next: "Next",
  previous: "Previous",
  selected: (count: number) => `${count} selected`,
  clear: "Clear selection",
  download: "Download",
  downloadZip: "Download .zip",
  star: "Star",
  unstar: "Take the star off",
  starred: "Starred",
  model: "Model",
  files: (count: number) => `${count} files`,
  compare: {
    action: "Compare",
    title: "Compare two results",
    beside: "Side by side",
    slider: "Slider",
    left: "The first of the two",
    right: "The second of the two",
    share: "How much of the first is shown",
  },
  select: "Select",
  empty: {
    title: "Nothing to show yet",
    text: "Pictures, films and songs appear here as soon as they are made. Offline ones are free.",
    action: "Make one",
  },
  none: { title: "Nothing matches", clear: "Clear filters" },
};

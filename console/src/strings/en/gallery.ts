/** The words of keeping files. */
export const keep = {
  action: "Keep longer",
  days: (days: number) => (days === 1 ? "Keep for a day more" : `Keep for ${days} days`),
  kept: "Kept longer",
  keptUntil: (time: string) => `Kept until ${time}`,
  remove: "Delete files now",
  removed: "Files deleted",
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
  select: "Select",
  empty: {
    title: "Nothing to show yet",
    text: "Pictures, films and songs appear here as soon as they are made. Offline ones are free.",
    action: "Make one",
  },
  none: { title: "Nothing matches", clear: "Clear filters" },
};

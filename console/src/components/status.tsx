import { states } from "../strings/en/states.ts";
import { Badge, type Tone } from "./badge.tsx";
import type { IconName } from "./icon.tsx";

/** The four public words of a task. */
export type TaskStatus = "not_started" | "running" | "finished" | "failed";

interface Sign {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

/** The state of a task in a word. */
export function TaskState(props: {
  readonly status: TaskStatus;
  /** `canceled` is a failure that nobody minds. */
  readonly errorCode?: string | null;
  /** Percent, said while it runs. */
  readonly progress?: number | null;
  readonly plain?: boolean;
}) {
  const sign = taskSign(props.status, props.errorCode ?? null);
  const percent = props.status === "running" && props.progress ? ` ${props.progress} %` : "";
  return (
    <Badge tone={sign.tone} icon={sign.icon} plain={props.plain === true}>
      {sign.word}
      {percent}
    </Badge>
  );
}

/** Icon, word and colour of a task's state. */
export function taskSign(status: TaskStatus, errorCode: string | null): Sign {
  const { task } = states;
  if (status === "failed" && errorCode === "canceled") {
    return { word: task.canceled, tone: "grey", icon: "canceled" };
  }
  const signs: Readonly<Record<TaskStatus, Sign>> = {
    not_started: { word: task.not_started, tone: "grey", icon: "circle" },
    running: { word: task.running, tone: "blue", icon: "running" },
    finished: { word: task.finished, tone: "green", icon: "finished" },
    failed: { word: task.failed, tone: "red", icon: "failed" },
  };
  return signs[status];
}

/** The state of an API key. */
export function KeyState({ status, note }: { readonly status: string; readonly note?: string }) {
  const sign = KEY_SIGNS[status] ?? { word: status, tone: "grey", icon: "unknown" };
  return (
    <Badge tone={sign.tone} icon={sign.icon} {...(note === undefined ? {} : { title: note })}>
      {sign.word}
    </Badge>
  );
}

const KEY_SIGNS: Readonly<Record<string, Sign>> = {
  active: { word: states.key.active, tone: "green", icon: "finished" },
  rotating: { word: states.key.rotating, tone: "amber", icon: "clock" },
  expired: { word: states.key.expired, tone: "grey", icon: "dashed" },
  revoked: { word: states.key.revoked, tone: "grey", icon: "canceled" },
};

import { isJsonObject, parseJson } from "../lib/json.ts";
import { wireTime } from "./time.ts";

/** The end of a task, as it was stored. */
export interface EventFacts {
  readonly id: string;
  readonly taskId: string;
  readonly position: number;
  /** The flat body of its callback. */
  readonly body: string;
  readonly createdAtMs: number;
}

/** `task.finished` or `task.failed`. */
export function eventType({ body }: Pick<EventFacts, "body">): string {
  const data = parseJson(body);
  const finished = isJsonObject(data) && data.status === "finished";
  return finished ? "task.finished" : "task.failed";
}

/** Writes an event as JSON text; its data are the bytes of the callback. */
export function eventText(event: EventFacts): string {
  const head = JSON.stringify({
    cursor: String(event.position),
    event_id: event.id,
    type: eventType(event),
    task_id: event.taskId,
    created_time: wireTime(event.createdAtMs),
  });
  return `${head.slice(0, -1)},"data":${event.body}}`;
}

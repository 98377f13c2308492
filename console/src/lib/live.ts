import { sessionHeaders } from "./api.ts";
import { readEvents, type ServerEvent } from "./server-events.ts";

/** Whether news arrive as they happen. */
export type LiveState = "live" | "paused";

/** The end of a task, or what else the gateway tells: its kind and its data. */
export interface News {
  /** `task.finished`, `task.failed`, … */
  readonly type: string;
  readonly data: unknown;
}

interface Listening {
  readonly project: string;
  readonly onNews: (news: News) => void;
  readonly onState: (state: LiveState) => void;
}

/**
 * One stream of events for all tabs of a project: HTTP/1.1 gives a browser six connections. The tab
 * that holds the lock reads the stream and tells the others.
 * @returns What ends it.
 */
export function startLive({ project, onNews, onState }: Listening): () => void {
  const stop = new AbortController();
  const channel = new BroadcastChannel(`vidgo.live.${project}`);
  const hear = (message: Message): void => {
    if (message.kind === "news") onNews(message.news);
    else onState(message.state);
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => hear(data);
  const tell = (message: Message): void => {
    if (stop.signal.aborted) return;
    channel.postMessage(message);
    hear(message);
  };
  void lead({ project, tell, signal: stop.signal });
  return () => {
    stop.abort();
    channel.close();
  };
}

type Message =
  | { readonly kind: "news"; readonly news: News }
  | { readonly kind: "state"; readonly state: LiveState };

interface Lead {
  readonly project: string;
  readonly tell: (message: Message) => void;
  readonly signal: AbortSignal;
}

async function lead(options: Lead): Promise<void> {
  const { project, signal, tell } = options;
  // Locks need a secure origin: without them each tab has a stream of its own.
  if (!("locks" in navigator)) return await stayOn(options);
  // A tab that waits for the lock hears of the state with the next change; until then all is well.
  tell({ kind: "state", state: "live" });
  const name = `vidgo.live.${project}`;
  await navigator.locks.request(name, { signal }, () => stayOn(options)).catch(() => {});
}

const RETRY_MS = [1_000, 2_000, 5_000, 10_000];

/** Reads the stream, again after each loss, from the last event that was seen. */
async function stayOn({ tell, signal }: Lead): Promise<void> {
  let cursor = "now";
  let losses = 0;
  while (!signal.aborted) {
    const hear = (event: ServerEvent): void => {
      losses = 0;
      if (event.id !== "") cursor = event.id;
      tell({ kind: "news", news: { type: event.type, data: parse(event.data) } });
    };
    const onOpen = (): void => tell({ kind: "state", state: "live" });
    await readOnce({ cursor, signal, hear, onOpen });
    if (signal.aborted) return;
    if (losses > 0) tell({ kind: "state", state: "paused" });
    await pause(RETRY_MS[Math.min(losses, RETRY_MS.length - 1)] ?? 0, signal);
    losses += 1;
  }
}

interface Reading {
  readonly cursor: string;
  readonly signal: AbortSignal;
  readonly hear: (event: ServerEvent) => void;
  readonly onOpen: () => void;
}

async function readOnce({ cursor, signal, hear, onOpen }: Reading): Promise<void> {
  const headers = { ...sessionHeaders(), accept: "text/event-stream" };
  try {
    const response = await fetch(`/api/events?cursor=${cursor}`, { headers, signal });
    if (!response.ok || response.body === null) return;
    onOpen();
    await readEvents(response.body, hear);
  } catch {
    // The loss shows in the state and is tried again.
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      done();
    });
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

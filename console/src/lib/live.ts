import { sessionHeaders } from "./api.ts";
import { followEvents } from "./follow-events.ts";

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

function stayOn({ tell, signal }: Lead): Promise<void> {
  return followEvents({
    place: async (until) => {
      const answer = await fetch("/api/events?cursor=now&limit=1", {
        ...{ headers: sessionHeaders(), signal: until },
      });
      const { data } = await answer.json();
      return data.cursor;
    },
    open: (place, until) =>
      fetch(`/api/events?cursor=${place}`, {
        headers: { ...sessionHeaders(), accept: "text/event-stream" },
        signal: until,
      }),
    hear: ({ type, data }) => tell({ kind: "news", news: { type, data: parse(data) } }),
    onState: (state) => tell({ kind: "state", state }),
    signal,
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

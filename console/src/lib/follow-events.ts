import { readEvents, type ServerEvent } from "./server-events.ts";

/** How a project's events are followed. */
export interface Following {
  /** Where the newest event stands. */
  readonly place: (signal: AbortSignal) => Promise<string>;
  /** Opens the stream of what came after a place. */
  readonly open: (place: string, signal: AbortSignal) => Promise<Response>;
  readonly hear: (event: ServerEvent) => void;
  /** Told when events come again, and when they did not for more than one try. */
  readonly onState: (state: "live" | "paused") => void;
  readonly signal: AbortSignal;
}

const RETRY_MS = [1_000, 2_000, 5_000, 10_000];
/** The gateway says every 15 s that it is there. */
const SILENCE_MAX_MS = 40_000;

/** Reads the stream, again after each loss, from the last event that was seen. */
export async function followEvents({ place, open, hear, onState, signal }: Following) {
  let seen: string | null = null;
  let losses = 0;
  while (!signal.aborted) {
    const silence = startSilence(signal);
    try {
      // Known before anything is heard, so that nothing is missed between two streams.
      seen ??= await place(silence.signal);
      const response = await open(seen, silence.signal);
      if (response.ok && response.body !== null) {
        onState("live");
        await readEvents(silence.broken(response.body), (event) => {
          losses = 0;
          if (event.id !== "") seen = event.id;
          hear(event);
        });
      }
    } catch {
      // The loss shows in the state and is tried again.
    } finally {
      silence.end();
    }
    if (signal.aborted) return;
    if (losses > 0) onState("paused");
    await pause(RETRY_MS[Math.min(losses, RETRY_MS.length - 1)] ?? 0, signal);
    losses += 1;
  }
}

/** Ends what nothing was heard of for too long: a broken line may never say so. */
function startSilence(signal: AbortSignal) {
  const late = new AbortController();
  const start = () => setTimeout(() => late.abort(), SILENCE_MAX_MS);
  let timer = start();
  return {
    signal: AbortSignal.any([signal, late.signal]),
    /** A body whose every piece breaks the silence. */
    broken: (body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> =>
      body.pipeThrough(
        new TransformStream({
          transform(piece, output) {
            clearTimeout(timer);
            timer = start();
            output.enqueue(piece);
          },
        }),
      ),
    end: () => clearTimeout(timer),
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}

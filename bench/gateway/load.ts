import { connect } from "node:net";

/** A load on one HTTP endpoint: every connection asks again as soon as it was answered. */
export interface Load {
  readonly port: number;
  readonly connections: number;
  readonly durationMs: number;
  /** The whole request, head and body, as sent on the wire. */
  readonly request: string;
}

/** What a load came to. */
export interface LoadResult {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that were not 200; a bench with any is worth nothing. */
  readonly bad: number;
}

/** Runs a load against 127.0.0.1 over raw sockets, so that the client costs as little as it can. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const latenciesMs: number[] = [];
  let bad = 0;
  const startedMs = performance.now();
  const report = (answer: Answer, tookMs: number): void => {
    latenciesMs.push(tookMs);
    if (answer.status !== 200) bad += 1;
  };
  const endMs = startedMs + load.durationMs;
  await Promise.all(
    Array.from({ length: load.connections }, () => runConnection(load, { endMs, report })),
  );
  const seconds = (performance.now() - startedMs) / 1000;
  latenciesMs.sort((left, right) => left - right);
  const at = (share: number): number => latenciesMs[Math.floor(latenciesMs.length * share)] ?? 0;
  return { perSecond: latenciesMs.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), bad };
}

interface Course {
  readonly endMs: number;
  readonly report: (answer: Answer, tookMs: number) => void;
}

/** Asks over one socket after another: a server may end each after so many requests. */
async function runConnection(load: Load, course: Course): Promise<void> {
  while (performance.now() < course.endMs) await runSocket(load, course);
}

function runSocket({ port, request }: Load, { endMs, report }: Course): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = "";
    let sentMs = 0;
    const ask = (): void => {
      sentMs = performance.now();
      if (sentMs < endMs) socket.write(request, "latin1");
      else socket.end(resolve);
    };
    // Into one buffer: a chunk for each answer would make the client an eighth dearer.
    const callback = (size: number, buffer: Uint8Array): boolean => {
      received += Buffer.from(buffer.buffer, buffer.byteOffset, size).toString("latin1");
      const answer = readAnswer(received);
      if (answer === null) return true;
      received = received.slice(answer.length);
      report(answer, performance.now() - sentMs);
      if (answer.isLast) socket.end(resolve);
      else ask();
      return true;
    };
    const onread = { buffer: Buffer.allocUnsafe(READ_BYTES), callback };
    const socket = connect({ port, host: "127.0.0.1", noDelay: true, onread });
    socket.on("connect", ask).on("error", reject);
  });
}

const READ_BYTES = 16 * 1024;

interface Answer {
  readonly status: number;
  /** Bytes of head and body. */
  readonly length: number;
  /** Whether the server closes the connection after it. */
  readonly isLast: boolean;
}

/** Reads one whole answer with a Content-Length, or gives `null` until it is there. */
function readAnswer(text: string): Answer | null {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd < 0) return null;
  const length = headEnd + 4 + Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
  if (text.length < length) return null;
  const isLast = /\r\nconnection: close/i.test(text.slice(0, headEnd));
  return { status: Number(text.slice(9, 12)), length, isLast };
}

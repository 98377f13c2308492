import { writeSync } from "node:fs";
import { GatewayError } from "../../src/core/error.ts";
import type { FileStore } from "../../src/files/file-store.ts";
import type { Store } from "../../src/store/store.ts";
import type { Fault } from "./points.ts";

/** Passes a named point; the fault that is armed there strikes, once. */
export type Tap = (name: string) => Promise<void>;

/** A fault and where it strikes. */
export interface Armed {
  /** To be passed in this order; the fault strikes at the last one. */
  readonly taps: readonly string[];
  readonly fault: Fault;
}

/** A tap with the database that it can make fail. */
export interface Taps {
  readonly tap: Tap;
  /** Throws when a call of this name is to fail. */
  readonly failCall: (method: string) => void;
}

const NOTHING: ReadonlySet<string> = new Set();

/** What writes the progress of a task: at a point outside the database the next of these fails. */
const WRITES: ReadonlySet<string> = new Set([
  "accept",
  "adopt",
  "cancel",
  "markDeleted",
  "record",
  "recordIntent",
  "recordStep",
  "recordTry",
  "settle",
]);

/** Arms at most one fault. */
export function armTaps(armed: Armed | null): Taps {
  const left = [...(armed?.taps ?? [])];
  let failing: ReadonlySet<string> = NOTHING;
  return {
    async tap(name) {
      if (armed === null || left[0] !== name) return;
      left.shift();
      if (left.length > 0) return;
      const { fault } = armed;
      writeSync(1, `${JSON.stringify({ event: "struck", fault })}\n`);
      if (fault === "kill") await strike("SIGKILL");
      if (fault === "pause") await strike("SIGSTOP");
      if (fault === "throw") throw new Error(`Fail-point at ${name}`);
      if (fault === "database") failing = failingAt(name);
    },
    failCall(method) {
      if (!failing.has(method)) return;
      failing = NOTHING;
      throw new GatewayError("unavailable", "The database failed at a fail-point");
    },
  };
}

/** A point that is a call fails that very call. */
function failingAt(name: string): ReadonlySet<string> {
  const method = /^(?:tasks|deliveries|files)\.(\w+) /.exec(name)?.[1];
  return method === undefined || method === "expired" ? WRITES : new Set([method]);
}

/** Returns when the process goes on: never after SIGKILL, after SIGCONT when it was stopped. */
async function strike(signal: NodeJS.Signals): Promise<void> {
  process.kill(process.pid, signal);
  await new Promise(setImmediate);
}

/**
 * The store with a tap before, during and after each call; `claimDue` passes the last only with a
 * claim. A database that fails before a call has not done it; one that fails during or after has,
 * and its answer is lost.
 */
export function tapStore(store: Store, taps: Taps): Store {
  return {
    ...store,
    tasks: tapRoom("tasks", store.tasks, taps),
    inquiries: tapRoom("inquiries", store.inquiries, taps),
    files: tapRoom("files", store.files, taps),
    deliveries: tapRoom("deliveries", store.deliveries, taps),
  };
}

function tapRoom<Room extends object>(name: string, room: Room, taps: Taps): Room {
  return new Proxy(room, {
    get(target, key) {
      const method: unknown = Reflect.get(target, key);
      if (typeof method !== "function") return method;
      return async (...input: readonly unknown[]): Promise<unknown> => {
        const title = `${name}.${String(key)}`;
        await taps.tap(`${title} before`);
        taps.failCall(String(key));
        const under: Promise<unknown> = Reflect.apply(method, target, input);
        under.catch(() => undefined);
        // Once round the event loop, and the first statement has left this thread.
        await new Promise(setImmediate);
        await taps.tap(`${title} during`);
        const result: unknown = await under;
        const isEmpty = Array.isArray(result) && result.length === 0;
        if (!isEmpty) await taps.tap(`${title} after`);
        taps.failCall(String(key));
        return result;
      };
    },
  });
}

/** The file store with a tap before and after an adoption. */
export function tapFiles(files: FileStore, { tap }: Taps): FileStore {
  return {
    ...files,
    async adopt(key, sourcePath) {
      await tap("adopt before");
      await files.adopt(key, sourcePath);
      await tap("adopt after");
    },
  };
}

import { writeSync } from "node:fs";
import { GatewayError } from "../../src/core/error.ts";
import type { FileStore } from "../../src/files/file-store.ts";
import type { Store } from "../../src/store/store.ts";
import type { Fault } from "./points.ts";

/** Passes a named point; the fault that is armed there strikes, once. */
export type Tap = (name: string) => Promise<void>;

/** A fault and where it strikes. */
export interface Armed {
  readonly tap: string;
  readonly fault: Fault;
}

/** A tap with the database that it can make fail. */
export interface Taps {
  readonly tap: Tap;
  /** Throws when the next statement is to fail. */
  readonly failStatement: () => void;
}

/** Arms at most one fault. */
export function armTaps(armed: Armed | null): Taps {
  let left = armed;
  let failing = false;
  return {
    async tap(name) {
      if (left === null || left.tap !== name) return;
      const { fault } = left;
      left = null;
      writeSync(1, `${JSON.stringify({ event: "struck", fault })}\n`);
      if (fault === "kill") await strike("SIGKILL");
      if (fault === "pause") await strike("SIGSTOP");
      if (fault === "throw") throw new Error(`Fail-point at ${name}`);
      if (fault === "database") failing = true;
    },
    failStatement() {
      if (!failing) return;
      failing = false;
      throw new GatewayError("unavailable", "The database failed at a fail-point");
    },
  };
}

/** Returns when the process goes on: never after SIGKILL, after SIGCONT when it was stopped. */
async function strike(signal: NodeJS.Signals): Promise<void> {
  process.kill(process.pid, signal);
  await new Promise(setImmediate);
}

/** The store with a tap before and after each method; `claimDue` passes only with a claim. */
export function tapStore(store: Store, taps: Taps): Store {
  return {
    ...store,
    tasks: tapRoom("tasks", store.tasks, taps),
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
        await taps.tap(`${name}.${String(key)} before`);
        taps.failStatement();
        const result: unknown = await Reflect.apply(method, target, input);
        const isEmpty = Array.isArray(result) && result.length === 0;
        if (!isEmpty) await taps.tap(`${name}.${String(key)} after`);
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

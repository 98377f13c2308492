import { AsyncLocalStorage } from "node:async_hooks";
import { GatewayError } from "../../src/core/error.ts";

/** Every call that leaves the engine passes here: store, files, upstream, receiver. */
export interface Gate {
  /** Calls so far. */
  readonly count: number;
  pass<T>(name: string, call: () => Promise<T>): Promise<T>;
  /** Lets calls fail from now on as a plan says, counting from the next one as 1. */
  arm(plan: Plan): void;
  /** The process is started again: nothing fails any more. */
  disarm(): void;
  /**
   * Stops the process before or after a call, 1 for the next; every later one of it waits too.
   */
  freeze(at: number, side: Plan["side"]): Freeze;
  /** Work of another process, which neither fails nor stops. */
  elsewhere<T>(work: () => Promise<T>): Promise<T>;
}

/** A process that is stopped, or will be. */
export interface Freeze {
  /** Resolves when it stops. */
  readonly met: Promise<void>;
  thaw(): void;
}

/** Which calls fail, and whether what they ask for was done all the same. */
export interface Plan {
  /** 1 for the next call. */
  readonly at: number;
  /** That call alone, or it and all that follow until a restart. */
  readonly span: "once" | "until-restart";
  /** Before it was done, or after, its answer lost. */
  readonly side: "before" | "after";
}

interface Ice {
  readonly from: number;
  readonly side: Plan["side"];
  readonly thawed: Promise<void>;
  meet(): void;
}

/** Makes a gate through which everything passes. */
export function makeGate(): Gate {
  let count = 0;
  const other = new AsyncLocalStorage<true>();
  let ice: Ice | null = null;
  let armed: { readonly plan: Plan; readonly from: number } | null = null;
  const fails = (number: number): boolean => {
    if (armed === null) return false;
    const { at, span } = armed.plan;
    const place = number - armed.from;
    return span === "once" ? place === at : place >= at;
  };
  return {
    get count() {
      return count;
    },
    async pass(name, call) {
      if (other.getStore() === true) return call();
      count += 1;
      const number = count;
      const cold = ice;
      if (cold !== null && number >= cold.from) {
        const isDone = cold.side === "after" && number === cold.from;
        const done = isDone ? call() : null;
        await done;
        cold.meet();
        await cold.thawed;
        if (done !== null) return done;
      }
      const broken = (): GatewayError => new GatewayError("unavailable", `${name} broke off`);
      if (!fails(number)) return call();
      // Only the first of a broken row may have been done: the process is gone after it.
      const isFirst = armed !== null && number - armed.from === armed.plan.at;
      if (armed?.plan.side === "after" && isFirst) await call();
      throw broken();
    },
    arm(plan) {
      armed = { plan, from: count };
    },
    disarm() {
      armed = null;
    },
    freeze(at, side) {
      const met = Promise.withResolvers<void>();
      const thawed = Promise.withResolvers<void>();
      ice = { from: count + at, side, thawed: thawed.promise, meet: met.resolve };
      return {
        met: met.promise,
        thaw() {
          ice = null;
          thawed.resolve();
        },
      };
    },
    elsewhere: (work) => other.run(true, work),
  };
}

/** A room of a store whose methods all pass a gate. */
export function gated<Room extends object>(name: string, room: Room, gate: Gate): Room {
  return new Proxy(room, {
    get(target, key) {
      const method: unknown = Reflect.get(target, key);
      if (typeof method !== "function") return method;
      return (...input: readonly unknown[]): Promise<unknown> =>
        gate.pass(`${name}.${String(key)}`, () => Reflect.apply(method, target, input));
    },
  });
}

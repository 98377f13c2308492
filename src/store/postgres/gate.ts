import { GatewayError } from "../../core/error.ts";
import { BUSY } from "../within.ts";

/** Lets calls through until it is closed. */
export interface Gate {
  /** @throws {GatewayError} `unavailable` when the gate is closed. */
  pass<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Closes the gate, waits for the calls under way, then ends what they ran on; once. */
  close(end: () => Promise<void>): Promise<void>;
}

/** Makes an open gate. */
export function makeGate(): Gate {
  const underWay = new Set<Promise<unknown>>();
  let closed: Promise<void> | null = null;
  return {
    async pass(work) {
      if (closed !== null) {
        throw new GatewayError("unavailable", BUSY, { cause: "the store is closed" });
      }
      const call = work();
      underWay.add(call);
      try {
        return await call;
      } finally {
        underWay.delete(call);
      }
    },
    close(end) {
      closed ??= Promise.allSettled(underWay).then(end);
      return closed;
    },
  };
}

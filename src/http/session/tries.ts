import { GatewayError } from "../../core/error.ts";
import type { Clock } from "../../lib/clock.ts";
import { networkOf } from "../networks.ts";
import { createRateLimit } from "../rate-limit.ts";

/** Counts passwords that were wrong. */
export interface Tries {
  /**
   * Lets one try be made; it counts unless the function that comes back is called.
   * @throws {GatewayError} 429 when an account or an address has had too many.
   */
  begin(email: string, address: string): () => void;
}

const WINDOW_MS = 15 * 60_000;
/** With one account from one network, and with any from one network. */
const OF_ACCOUNT = 5;
const OF_NETWORK = 30;

/** Makes the counters; this process alone. */
export function createTries(clock: Clock): Tries {
  const ofAccounts = createRateLimit({ eventsMax: OF_ACCOUNT, windowMs: WINDOW_MS, clock });
  const ofNetworks = createRateLimit({ eventsMax: OF_NETWORK, windowMs: WINDOW_MS, clock });
  return {
    begin(email, address) {
      const network = networkOf(address);
      const account = `${network} ${email.toLowerCase()}`;
      const refusal = ofAccounts.full(account) ?? ofNetworks.full(network);
      if (refusal !== null) {
        const minutes = Math.ceil(refusal.retryAfterS / 60);
        const wait = minutes > 1 ? `${minutes} minutes` : "a minute";
        const message = `Too many tries with a wrong password; try again in ${wait}`;
        throw new GatewayError("rate_limited", message, refusal);
      }
      ofAccounts.take(account);
      ofNetworks.take(network);
      return () => {
        ofAccounts.forget(account);
        ofNetworks.giveBack(network);
      };
    },
  };
}

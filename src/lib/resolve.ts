import { lookup, Resolver } from "node:dns/promises";
import { createGate } from "./gate.ts";

/** One address of a name. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Gives every address of a name, none when it has none. Handed in, so that tests own the names. */
export type Resolve = (host: string, signal: AbortSignal) => Promise<readonly ResolvedAddress[]>;

// The system's own look-up blocks one of four threads that file access needs too, and a stranger
// decides how slow his name server is. So it gets two of them at the most.
const lookups = createGate({ totalMax: 2, perKeyMax: 2 });

/**
 * Resolves a name by DNS without threads; names that DNS does not have are looked up as the system
 * does it (hosts file, search domains).
 */
export const systemResolve: Resolve = async (host, signal) => {
  const resolver = new Resolver({ timeout: 1_000, tries: 2 });
  const cancel = () => resolver.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const [four, six] = answers.map((answer) =>
      answer.status === "fulfilled" ? answer.value : [],
    );
    const found = [...withFamily(six ?? [], 6), ...withFamily(four ?? [], 4)];
    return found.length > 0 ? found : await lookUp(host, signal);
  } finally {
    signal.removeEventListener("abort", cancel);
  }
};

async function lookUp(host: string, signal: AbortSignal): Promise<readonly ResolvedAddress[]> {
  signal.throwIfAborted();
  using _place = await lookups.enter("lookup", signal);
  const found = await lookup(host, { all: true, verbatim: true }).catch(() => []);
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

function withFamily(addresses: readonly string[], family: 4 | 6): readonly ResolvedAddress[] {
  return addresses.map((address) => ({ address, family }));
}

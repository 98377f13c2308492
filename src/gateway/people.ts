import type { Config } from "../config.ts";
import { makeSetupLink } from "../http/admin/people.ts";
import type { HttpServices } from "../http/services.ts";
import { systemClock } from "../lib/clock.ts";
import { systemRandom } from "../lib/random.ts";
import { createPeople, type People, type PeopleParts } from "../people/people.ts";
import type { Store } from "../store/store.ts";

/** People who sign in, by the operator's settings. */
export function openPeople(
  { signup, grant }: Config,
  parts: Pick<PeopleParts, "log" | "secret"> & {
    readonly store: Store;
    /** Its origin is known once the port is. */
    readonly address: { readonly url: string };
  },
): People {
  const { log, secret, address } = parts;
  return createPeople({
    ...{ log, secret, signup, grant, store: parts.store.people },
    ...{ clock: systemClock, random: systemRandom, publicUrl: () => address.url },
  });
}

/** A link for whoever reads the first lines, as long as nobody has an account; else `null`. */
export async function firstSetupLink(
  services: HttpServices,
  projectId: string,
): Promise<string | null> {
  if (await services.store.people.anybody()) return null;
  return (await makeSetupLink(services, projectId)).url;
}

import type { Registry } from "./registry.ts";

/** A registry that stays the same object while what is set up changes. */
export interface LiveRegistry {
  readonly registry: Registry;
  /** From now on the registry answers as `next` does. Tasks under way keep their own routes. */
  swap(next: Registry): void;
}

/** Makes a registry that can be exchanged under way. */
export function createLiveRegistry(first: Registry): LiveRegistry {
  let current = first;
  return {
    registry: {
      get active() {
        return current.active;
      },
      provider: (name) => current.provider(name),
      account: (provider, id) => current.account(provider, id),
      limits: (provider, id) => current.limits(provider, id),
      routes: (modelId) => current.routes(modelId),
      activators: (modelId) => current.activators(modelId),
      origin: (provider, account) => current.origin(provider, account),
    },
    swap(next) {
      current = next;
    },
  };
}

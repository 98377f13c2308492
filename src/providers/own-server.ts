import type { ModelMedia } from "../models/model.ts";

/** What a server of the operator's own needs to be used. */
export interface OwnServerOptions {
  /** Public models and the server's names for them: only the operator knows what runs there. */
  readonly models: Readonly<Record<string, string>>;
  /** What every model of the catalogue makes. */
  readonly media: Readonly<Record<string, ModelMedia>>;
}

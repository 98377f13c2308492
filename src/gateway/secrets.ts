import { join } from "node:path";
import type { Config } from "../config.ts";
import { GatewayError } from "../core/error.ts";
import { createLinks, type Links } from "../files/link.ts";
import { createMarks, type Marks } from "../lib/mark.ts";
import { deriveKey, secretFromFile, secretFromText } from "../lib/secret.ts";
import { createWebhookSecrets, type WebhookSecrets } from "../webhooks/secrets.ts";

/**
 * All that is derived from the root secret, each with a key of its own.
 * @throws {GatewayError} `invalid_request` when the file of the secret holds too little.
 */
export function openSecrets(config: Config, address: { readonly url: string }): Secrets {
  const given = config.secret === null ? null : secretFromText(config.secret);
  const path = join(config.dataDir, "secret");
  const secret = given ?? secretFromFile(path);
  if (secret === null) {
    const remedy = "restore it, or remove it for a new one (all links made so far then end)";
    throw new GatewayError("invalid_request", `${path} is too short for a secret: ${remedy}`);
  }
  const key = deriveKey(secret, "file-links");
  return {
    links: createLinks({ publicUrl: () => address.url, key }),
    marks: createMarks(deriveKey(secret, "attempt-marks")),
    webhookSecrets: createWebhookSecrets(deriveKey(secret, "webhooks")),
    sessionSecret: deriveKey(secret, "sessions"),
    sealKey: deriveKey(secret, "provider-keys"),
  };
}

/** What the rooms need of it. */
export interface Secrets {
  readonly links: Links;
  readonly marks: Marks;
  readonly webhookSecrets: WebhookSecrets;
  readonly sessionSecret: Uint8Array;
  /** Encrypts what is stored of providers' keys. */
  readonly sealKey: Uint8Array;
}

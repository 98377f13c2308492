import type { FastifyRequest } from "fastify";
import { GatewayError } from "../../core/error.ts";
import type { HttpSettings } from "../services.ts";

/**
 * Judges whether a request that a browser's session speaks for comes from our own pages: browsers
 * tell where it comes from, and no page elsewhere can add the header without asking first.
 * @returns The refusal, or `null`.
 */
export function crossSiteRefusal(
  request: FastifyRequest,
  settings: Pick<HttpSettings, "publicUrl">,
): GatewayError | null {
  const { "sec-fetch-site": site, origin, host } = request.headers;
  // Reading is safe as long as nobody else is given the answer; a page next door is somebody else.
  if (site !== undefined && site !== "same-origin" && site !== "none") return elsewhere();
  if (request.method === "GET" || request.method === "HEAD") return null;
  if (request.headers["x-vidgo-console"] !== "1") {
    return new GatewayError(
      "permission_denied",
      "X-Vidgo-Console is missing: a session changes things only with X-Vidgo-Console: 1",
    );
  }
  if (site === "same-origin") return null;
  const ours = [settings.publicUrl, `http://${host}`, `https://${host}`];
  return origin !== undefined && ours.includes(origin) ? null : elsewhere();
}

function elsewhere(): GatewayError {
  return new GatewayError(
    "permission_denied",
    "A session is only for the pages of this gateway: the request comes from another origin",
  );
}

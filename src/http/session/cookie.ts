import type { FastifyReply, FastifyRequest } from "fastify";
import { GatewayError } from "../../core/error.ts";
import { isLoopbackName } from "../../lib/net-address.ts";
import { LIFE_MS } from "../../people/session-life.ts";
import type { HttpSettings } from "../services.ts";

type Place = Pick<HttpSettings, "publicUrl">;

/** The token of the session that a request bears, or `null`. */
export function sessionToken(request: FastifyRequest, settings: Place): string | null {
  const { cookie } = request.headers;
  if (cookie === undefined) return null;
  const name = `${nameOf(settings)}=`;
  const found = cookie.split(";").map((part) => part.trim());
  const value = found.find((part) => part.startsWith(name))?.slice(name.length) ?? "";
  return TOKEN.test(value) ? value : null;
}

const TOKEN = /^[\w-]{43}$/;

/** Gives the browser a session. */
export function setSession(reply: FastifyReply, settings: Place, token: string): void {
  reply.header("set-cookie", cookieOf(settings, token, LIFE_MS / 1000));
}

/** Takes the session from the browser. */
export function clearSession(reply: FastifyReply, settings: Place): void {
  reply.header("set-cookie", cookieOf(settings, "", 0));
}

/**
 * Refuses to open a session where its cookie could be read on the way.
 * @throws {GatewayError} 403 on plain http beyond this machine, with the fix.
 */
export function requireSafePlace(settings: Place): void {
  const { protocol, hostname } = new URL(settings.publicUrl);
  if (protocol === "https:" || isLoopback(hostname)) return;
  throw new GatewayError(
    "permission_denied",
    "Signing in needs https beyond this machine: put a TLS proxy in front and set " +
      `VIDGO_PUBLIC_URL=https://${hostname}`,
  );
}

function isLoopback(hostname: string): boolean {
  return isLoopbackName(hostname) || hostname === "[::1]" || hostname.startsWith("127.");
}

/**
 * A name with this prefix is only ever taken from this very host, over https. Cookies do not tell
 * ports apart: without the port in it, two gateways on one machine would sign each other out.
 */
function nameOf(settings: Place): string {
  if (isSecure(settings)) return "__Host-vidgo_session";
  return `vidgo_session_${new URL(settings.publicUrl).port || "80"}`;
}

function isSecure({ publicUrl }: Place): boolean {
  return publicUrl.startsWith("https:");
}

function cookieOf(settings: Place, value: string, maxAgeS: number): string {
  const secure = isSecure(settings) ? "; Secure" : "";
  const rules = `Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Strict${secure}`;
  return `${nameOf(settings)}=${value}; ${rules}`;
}

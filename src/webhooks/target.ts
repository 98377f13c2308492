import type { Outbound } from "../lib/outbound.ts";

/**
 * Judges the text of a callback URL without any look-up. Gives what is wrong with it in words that
 * follow the field's name, or `null`.
 */
export type JudgeCallback = (url: string, loopbackAllowed: boolean) => string | null;

/**
 * Makes the judge: http and https, any port but those of mail, databases and the like, no fragment,
 * public hosts only; this machine when the submit came from it, never our own port. A host that
 * does not resolve passes: only the delivery finds out.
 */
export function createCallbackJudge(outbound: Outbound): JudgeCallback {
  return (url, loopbackAllowed) => {
    const fault = outbound.judge(url, loopbackAllowed ? "loopback" : "public");
    if (fault !== null || !url.includes("#")) return fault;
    return "must not carry a fragment: what stands behind # is never sent";
  };
}

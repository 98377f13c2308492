import { connect as connectTcp, isIP, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { buildConnector } from "undici";
import { startDeadline } from "./deadline.ts";
import { isLoopbackName, judgeAddress, type NetPolicy } from "./net-address.ts";
import type { Resolve, ResolvedAddress } from "./resolve.ts";

/** Where an exchange broke off. */
export type OutboundErrorClass =
  | "dns"
  | "refused_address"
  | "connect"
  | "tls"
  | "timeout"
  | "reset"
  | "garbled"
  | "too_large"
  | "redirect"
  | "canceled";

/** Stays inside `lib/`: the way out turns it into a value. */
export class OutboundError extends Error {
  override readonly name = "OutboundError";
  readonly class: OutboundErrorClass;

  constructor(errorClass: OutboundErrorClass, message: string) {
    super(message);
    this.class = errorClass;
  }
}

/** What a connector needs. */
export interface ConnectContext {
  readonly policy: NetPolicy;
  readonly resolve: Resolve;
  readonly dnsTimeoutMs: number;
  /** For the TCP and TLS handshakes together. */
  readonly connectTimeoutMs: number;
  /** Called right before the first byte can leave. */
  readonly onConnected?: () => void;
  /** Asked before that: unless it says yes, none leaves. */
  readonly mayLeave?: () => boolean;
  readonly signal?: AbortSignal;
}

/**
 * Makes the only function that opens connections to the outside. A literal address is judged; a
 * name is resolved and refused when any of its addresses is; the connection goes to what was
 * judged; and the address at the other end is judged once more. `connect.lookup` alone would never
 * be asked about a literal, and TLS ignores block lists.
 */
export function makeConnector(context: ConnectContext): buildConnector.connector {
  return (target, callback) => {
    open(context, target).then(
      (socket) => {
        if (context.mayLeave?.() === false) {
          socket.destroy();
          callback(new OutboundError("canceled", "Whoever asked may not send any more"), null);
          return;
        }
        context.onConnected?.();
        callback(null, socket);
      },
      (error: unknown) => callback(asOutboundError(error), null),
    );
  };
}

interface Target {
  readonly hostname: string;
  readonly protocol: string;
  readonly port: string;
}

async function open(context: ConnectContext, target: Target): Promise<Socket> {
  const isTls = target.protocol === "https:";
  const host = target.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const port = target.port === "" ? (isTls ? 443 : 80) : Number(target.port);
  const addresses = await judgedAddresses(context, host, port);
  const socket = await handshake(context, { host, port, isTls, addresses });
  const refusal = judgeAddress(socket.remoteAddress ?? "", port, context.policy);
  if (refusal === null) return socket;
  socket.destroy();
  throw new OutboundError("refused_address", refusal);
}

async function judgedAddresses(context: ConnectContext, host: string, port: number) {
  const addresses = await addressesOf(context, host);
  if (addresses.length === 0) throw new OutboundError("dns", "The name has no address");
  for (const { address } of addresses) {
    const refusal = judgeAddress(address, port, context.policy);
    if (refusal !== null) throw new OutboundError("refused_address", refusal);
  }
  return addresses;
}

async function addressesOf(
  context: ConnectContext,
  host: string,
): Promise<readonly ResolvedAddress[]> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family: family === 6 ? 6 : 4 }];
  if (isLoopbackName(host)) return LOOPBACK;
  using deadline = startDeadline(context.dnsTimeoutMs, context.signal);
  const over = Promise.withResolvers<never>();
  const giveUp = () => over.reject(new OutboundError("dns", "No answer from the name servers"));
  deadline.signal.addEventListener("abort", giveUp, { once: true });
  try {
    return await Promise.race([context.resolve(host, deadline.signal), over.promise]);
  } catch (error) {
    throw error instanceof OutboundError ? error : new OutboundError("dns", describe(error));
  }
}

const LOOPBACK: readonly ResolvedAddress[] = [
  { address: "127.0.0.1", family: 4 },
  { address: "::1", family: 6 },
];

interface Handshake {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly addresses: readonly ResolvedAddress[];
}

async function handshake(context: ConnectContext, to: Handshake): Promise<Socket> {
  using deadline = startDeadline(context.connectTimeoutMs, context.signal);
  const socket = openSocket(to);
  const ready = Promise.withResolvers<void>();
  let failure: "connect" | "tls" = "connect";
  const fail = (error: Error) => ready.reject(new OutboundError(failure, describe(error)));
  const giveUp = () => {
    const errorClass = deadline.expired ? "timeout" : "canceled";
    ready.reject(new OutboundError(errorClass, "No connection in time"));
  };
  socket.once("connect", () => {
    failure = "tls";
  });
  // Not only once: an error that nobody hears ends the program.
  socket.on("error", fail);
  socket.once(to.isTls ? "secureConnect" : "connect", () => ready.resolve());
  deadline.signal.addEventListener("abort", giveUp, { once: true });
  if (deadline.signal.aborted) giveUp();
  try {
    await ready.promise;
    socket.off("error", fail);
    return socket;
  } catch (error) {
    socket.on("error", () => {});
    socket.destroy();
    throw error;
  }
}

function openSocket(to: Handshake): Socket {
  // Gives what was judged; asking a name server again could give another answer.
  const lookup: LookupFunction = (_host, asked, done) => {
    const [first] = to.addresses;
    // Not at once: a connection that the system refuses on the spot would break off inside
    // `connectTls()`, which throws then, and its socket fails later with nobody to hear it.
    process.nextTick(() => {
      if (asked.all === true) done(null, [...to.addresses]);
      else done(null, first?.address ?? "", first?.family);
    });
  };
  const { host, port } = to;
  const options = { host, port, lookup, noDelay: true, autoSelectFamily: true };
  if (!to.isTls) return connectTcp(options);
  const servername = isIP(host) === 0 ? host : "";
  return connectTls({ ...options, servername, ALPNProtocols: ["http/1.1"] });
}

function asOutboundError(error: unknown): OutboundError {
  return error instanceof OutboundError ? error : new OutboundError("connect", describe(error));
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return `${error.name} ${code} ${error.message}`.replace(/\s+/g, " ").trim();
}

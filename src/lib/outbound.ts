import { networkInterfaces } from "node:os";
import type { Agent, Client, Dispatcher } from "undici";
import { startDeadline } from "./deadline.ts";
import { type Cidr, judgeUrlText, type NetPolicy, type Reach } from "./net-address.ts";
import { makeConnector } from "./outbound-connect.ts";
import type {
  OutboundAnswer,
  OutboundFault,
  OutboundRequest,
  Profile,
  ReadAnswer,
} from "./outbound-exchange.ts";
import { type ExchangeState, faultOf, readAnswer, readBody } from "./outbound-read.ts";
import { type Resolve, systemResolve } from "./resolve.ts";

/**
 * The one way out of the program. Every target is judged by its text and again by the address at
 * connect; no redirects, no retries, no proxies, no decompression; bounded in time and bytes.
 * What goes wrong is a value.
 */
export interface Outbound {
  /** One exchange, its answer read into memory. */
  request(profile: Profile, request: OutboundRequest): Promise<OutboundAnswer>;
  /**
   * One exchange whose answer `read` takes as a stream; the connection ends with it. What `read`
   * throws is thrown on, unless the exchange itself broke off.
   */
  stream<T>(
    profile: Profile,
    request: OutboundRequest,
    read: ReadAnswer<T>,
  ): Promise<T | OutboundFault>;
  /** Judges a URL's text; `null`, or what is wrong in public words. */
  judge(url: string, reach: Reach): string | null;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** What the way out is made of. */
export interface OutboundOptions {
  readonly userAgent: string;
  /** Ports on which we listen ourselves, asked at each connect: they are known late. */
  readonly ownPorts: () => readonly number[];
  readonly cidrsAllowed?: readonly Cidr[];
  /** Resolves names; the system's way when absent. */
  readonly resolve?: Resolve;
}

// Milliseconds. 0: only the request's own time limit counts, as a synchronous upstream may think
// for minutes before its first byte.
const TIMEOUTS = {
  provider: { headersMs: 0, idleMs: 0 },
  media: { headersMs: 15_000, idleMs: 30_000 },
  webhook: { headersMs: 0, idleMs: 0 },
} as const;
const DNS_TIMEOUT_MS = 3_000;
const CONNECT_TIMEOUT_MS = 5_000;
const KEEP_ALIVE_MS = 4_000;
const CONNECTIONS_PER_ORIGIN = 32;

/** Makes the way out. */
export function createOutbound(options: OutboundOptions): Outbound {
  const guard = makeGuard(options);
  const kept = new Map<Reach, Agent>();
  const context: Context = { options, guard, keptAgent };

  function keptAgent(undici: Undici, reach: Reach): Agent {
    const agent =
      kept.get(reach) ??
      new undici.Agent({
        ...CLIENT_SETTINGS,
        connect: makeConnector(guard(reach)),
        connections: CONNECTIONS_PER_ORIGIN,
        keepAliveTimeout: KEEP_ALIVE_MS,
      });
    kept.set(reach, agent);
    return agent;
  }
  return {
    judge: (url, reach) => judgeUrlText(url, guard(reach).policy),
    stream: (profile, request, read) => exchange(context, { profile, request }, read),
    request: (profile, request) =>
      exchange(context, { profile, request }, (answer) => readBody(answer, request)),
    async close() {
      await Promise.all([...kept.values()].map((agent) => agent.destroy()));
    },
  };
}

const CLIENT_SETTINGS = { allowH2: false, pipelining: 1, maxHeaderSize: 16_384 } as const;

type Guard = (reach: Reach) => {
  readonly policy: NetPolicy;
  readonly resolve: Resolve;
  readonly dnsTimeoutMs: number;
  readonly connectTimeoutMs: number;
};

interface Context {
  readonly options: OutboundOptions;
  readonly guard: Guard;
  keptAgent(undici: Undici, reach: Reach): Agent;
}

/** Loaded with the first exchange: many gateways never leave their machine. */
type Undici = typeof import("undici");

function makeGuard(options: OutboundOptions): Guard {
  const ownAddresses = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => address);
  return (reach) => ({
    policy: {
      reach,
      get ownPorts() {
        return options.ownPorts();
      },
      ownAddresses,
      cidrsAllowed: options.cidrsAllowed ?? [],
    },
    resolve: options.resolve ?? systemResolve,
    dnsTimeoutMs: DNS_TIMEOUT_MS,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
  });
}

interface Order {
  readonly profile: Profile;
  readonly request: OutboundRequest;
}

async function exchange<T>(
  context: Context,
  order: Order,
  read: ReadAnswer<T>,
): Promise<T | OutboundFault> {
  const { request } = order;
  const refusal = judgeUrlText(request.url, context.guard(request.reach).policy);
  if (refusal !== null) {
    return { kind: "fault", class: "refused_address", detail: refusal, sent: false };
  }
  using deadline = startDeadline(request.timeoutMs, request.signal);
  const mayReuse = request.mayReuse === true;
  const state: ExchangeState = { deadline, connected: mayReuse, isReading: false };
  const undici = await import("undici");
  const client = mayReuse ? null : freshClient(undici, context, { request, state });
  const dispatcher = client ?? context.keptAgent(undici, request.reach);
  try {
    const answer = await dispatcher.request(sendable(context, order, deadline.signal));
    return await readAnswer(answer, state, read);
  } catch (error) {
    return faultOf(error, state);
  } finally {
    await client?.destroy();
  }
}

function freshClient(
  { Client: OneClient }: Undici,
  context: Context,
  { request, state }: { readonly request: OutboundRequest; readonly state: ExchangeState },
): Client {
  const onConnected = () => {
    state.connected = true;
  };
  const { signal } = state.deadline;
  const { mayLeave = () => true } = request;
  const guard = context.guard(request.reach);
  const connect = makeConnector({ ...guard, onConnected, mayLeave, signal });
  return new OneClient(new URL(request.url).origin, { ...CLIENT_SETTINGS, connect });
}

function sendable(context: Context, order: Order, signal: AbortSignal): Dispatcher.RequestOptions {
  const { request } = order;
  const url = new URL(request.url);
  const timeouts = TIMEOUTS[order.profile];
  return {
    origin: url.origin,
    path: url.pathname + url.search,
    method: request.method,
    headers: {
      "user-agent": context.options.userAgent,
      accept: "*/*",
      ...request.headers,
      // What is not compressed cannot explode.
      "accept-encoding": "identity",
    },
    body: request.body ?? null,
    reset: request.mayReuse !== true,
    signal,
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.idleMs,
  };
}

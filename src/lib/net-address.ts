import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/**
 * Which addresses a request may reach: the public ones; those and this machine's loopback; or
 * whatever the operator wrote down as an upstream's address (still no metadata services).
 */
export type Reach = "public" | "loopback" | "declared";

/** By what a target is judged. */
export interface NetPolicy {
  readonly reach: Reach;
  /** Ports on which we listen ourselves: never reached on any address of this machine. */
  readonly ownPorts: readonly number[];
  /** This machine's addresses besides loopback. */
  readonly ownAddresses: readonly string[];
  /** Ranges that the operator opened although they are not public. */
  readonly cidrsAllowed: readonly Cidr[];
}

/** A range of addresses. */
export type Cidr = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Longest URL that is accepted, characters. */
const URL_LENGTH_MAX = 2048;

/**
 * Judges a URL's text without asking anybody: cheap, for the moment of the submit. Gives `null`,
 * or what is wrong in public words that follow the field's name. The address is judged again when
 * a connection is made; only that verdict counts.
 */
export function judgeUrlText(text: string, policy: NetPolicy): string | null {
  if (text.length > URL_LENGTH_MAX) return `must not be longer than ${URL_LENGTH_MAX} characters`;
  const url = URL.parse(text);
  if (url === null) return "must be an absolute http or https URL";
  if (url.protocol !== "http:" && url.protocol !== "https:") return "must be an http or https URL";
  if (url.username !== "" || url.password !== "") return "must not carry a user name or password";
  const port = portOf(url);
  if (DANGEROUS_PORTS.has(port)) return `must not use port ${port}`;
  const host = hostOf(url);
  if (isIP(host) !== 0) return judgeAddress(host, port, policy);
  return judgeName(host, port, policy);
}

/**
 * Judges an address in its canonical form, as `URL` or a resolver gives it. Gives `null`, or what
 * is wrong in public words; the words are the same for every address, so that nobody maps a
 * network with them.
 */
export function judgeAddress(address: string, port: number, policy: NetPolicy): string | null {
  const kind = classifyAddress(address);
  const mine = kind === "loopback" || policy.ownAddresses.includes(address);
  if (mine && policy.ownPorts.includes(port)) return NOT_PUBLIC;
  if (kind === "public") return null;
  if (kind === "loopback") return policy.reach === "public" ? NOT_PUBLIC : null;
  if (kind === "private" && policy.reach === "declared") return null;
  return policy.cidrsAllowed.some((cidr) => isWithin(address, cidr)) ? null : NOT_PUBLIC;
}

/** Whether a name means this machine by its letters alone; it is then never looked up. */
export function isLoopbackName(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost");
}

/** The host of a URL as a resolver wants it: no brackets, no dot at the end. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

/** The port of a URL, the scheme's own when it names none. */
export function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}

/** Reads `10.0.0.0/8` or `fd00::/8`; `null` when it is neither. */
export function parseCidr(text: string): Cidr | null {
  return ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : null;
}

/**
 * What an address is. IPv6 goes by a list of what is allowed, since new ways to wrap an IPv4
 * address keep coming: mapped, compatible, NAT64, 6to4, Teredo all end in `closed`.
 */
export function classifyAddress(address: string): "public" | "loopback" | "private" | "closed" {
  if (isIP(address) === 0 || address.includes("%")) return "closed";
  const parsed = ipaddr.parse(address);
  const ranges = parsed.kind() === "ipv4" ? IPV4_RANGES : IPV6_RANGES;
  if (isWithinAny(parsed, ranges.closed)) return "closed";
  if (isWithinAny(parsed, ranges.loopback)) return "loopback";
  if (isWithinAny(parsed, ranges.private)) return "private";
  return isWithinAny(parsed, ranges.open) ? "public" : "closed";
}

const NOT_PUBLIC = "must lead to a public address";

/** Looked through in this order; what is in none is closed. */
interface Ranges {
  readonly closed: readonly Cidr[];
  readonly loopback: readonly Cidr[];
  /** A network of somebody's own, where an operator may run an upstream. */
  readonly private: readonly Cidr[];
  readonly open: readonly Cidr[];
}

const IPV4_RANGES: Ranges = {
  closed: ranges(
    // The last three are metadata services of clouds.
    `0.0.0.0/8 100.64.0.0/10 169.254.0.0/16 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24
     198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
     168.63.129.16/32 100.100.100.200/32 192.0.0.192/32`,
  ),
  loopback: ranges("127.0.0.0/8"),
  private: ranges("10.0.0.0/8 172.16.0.0/12 192.168.0.0/16"),
  open: ranges("0.0.0.0/0"),
};

const IPV6_RANGES: Ranges = {
  // The last one is a cloud's metadata service inside a private range.
  closed: ranges("2001::/23 2001:db8::/32 2002::/16 3fff::/20 fd00:ec2::254/128"),
  loopback: ranges("::1/128"),
  private: ranges("fc00::/7"),
  open: ranges("2000::/3"),
};

// What browsers refuse (WHATWG "bad ports"), and databases, queues and orchestrators.
const DANGEROUS_PORTS: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
  103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 445,
  465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990,
  993, 995, 1433, 1521, 1719, 1720, 1723, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 3659,
  4045, 4190, 4369, 5060, 5061, 5432, 5672, 5984, 6000, 6379, 6443, 6566, 6665, 6666, 6667, 6668,
  6669, 6679, 6697, 7001, 9042, 9092, 9200, 9300, 10080, 10250, 10255, 11211, 15672, 26379, 27017,
  27018, 50070,
]);

const INSIDE_NAMES =
  /(?:^|\.)(?:localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa|onion|svc)$/;
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

function judgeName(host: string, port: number, policy: NetPolicy): string | null {
  if (isLoopbackName(host)) return judgeAddress("127.0.0.1", port, policy);
  const labels = host.split(".");
  const wellFormed = host.length <= 253 && labels.every((label) => LABEL.test(label));
  if (!wellFormed) return "must name a valid host";
  // Names of an inner network mean nothing unless the operator opened one.
  if (policy.reach === "declared" || policy.cidrsAllowed.length > 0) return null;
  return labels.length === 1 || INSIDE_NAMES.test(host) ? NOT_PUBLIC : null;
}

function isWithin(address: string, cidr: Cidr): boolean {
  return isIP(address) !== 0 && isWithinAny(ipaddr.parse(address), [cidr]);
}

function isWithinAny(address: ipaddr.IPv4 | ipaddr.IPv6, cidrs: readonly Cidr[]): boolean {
  return cidrs.some(
    ([range, bits]) => address.kind() === range.kind() && address.match(range, bits),
  );
}

function ranges(list: string): readonly Cidr[] {
  return list
    .trim()
    .split(/\s+/)
    .map((text) => ipaddr.parseCIDR(text));
}

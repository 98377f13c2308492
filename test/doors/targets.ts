import fc from "fast-check";
import ipaddr from "ipaddr.js";
import {
  CLOSED_ADDRESSES,
  INSIDE_NAMES,
  ipv4Spelling,
  ipv6Wrapping,
  LOOPBACK_SPELLINGS,
  PUBLIC_ADDRESSES,
} from "../support/address-corpus.ts";
import type { Zone } from "./name-server.ts";

/** The ways by which a stranger hands the gateway a URL. */
export const ENTRIES = ["callback", "input", "result", "redirect"] as const;

/** A member of {@link ENTRIES}. */
export type Entry = (typeof ENTRIES)[number];

/** What one entry is given. */
export interface Targets {
  /** URLs that lead inside, or nowhere that may be gone to. */
  readonly inner: readonly string[];
  /** URLs whose names lead outside at one moment and inside at the next. */
  readonly turning: readonly string[];
  /** URLs of names that lead outside. */
  readonly outer: readonly string[];
}

/** Where a first, permitted answer comes from that leads on: one of these hosts. */
export const HOPS: readonly string[] = Array.from(
  { length: 64 },
  (_, at) => `hop${at}.example.net`,
);

/** Addresses that only permitted requests may reach. */
export interface World {
  readonly zones: ReadonlyMap<string, Zone>;
  readonly outside: ReadonlySet<string>;
  readonly targets: Readonly<Record<Entry, Targets>>;
}

const OUTER_NAMES = 500;
const HOP_ADDRESS = "93.184.216.34";
const TURN_ADDRESS = "93.184.216.35";

/** Makes names and URLs from a seed; every entry gets names of its own. */
export function makeWorld(seed: number): World {
  const zones = new Map<string, Zone>();
  for (const host of HOPS) zones.set(host, { answers: [[HOP_ADDRESS]] });
  const outside = new Set<string>([HOP_ADDRESS, TURN_ADDRESS]);
  const targetsOf = (entry: Entry, turn: number): Targets => {
    const sample = sampler(seed + turn);
    return {
      inner: [...literals(sample), ...innerNames(sample, { entry, zones }), ...ODD_TEXTS],
      turning: turningNames(entry, zones),
      outer: outerNames(sample, { entry, zones, outside }),
    };
  };
  const [callback, input, result, redirect] = ENTRIES.map(targetsOf);
  if (!callback || !input || !result || !redirect) throw new Error("An entry has no targets");
  return { zones, outside, targets: { callback, input, result, redirect } };
}

type Sample = <T>(values: fc.Arbitrary<T>, count: number) => readonly T[];

function sampler(seed: number): Sample {
  return (values, count) => fc.sample(values, { numRuns: count, seed });
}

const INNER_BLOCKS: readonly (readonly [number, number])[] = [
  [0x00000000, 0x00ffffff],
  [0x0a000000, 0x0affffff],
  [0x64400000, 0x647fffff],
  [0x7f000000, 0x7fffffff],
  [0xa9fe0000, 0xa9feffff],
  [0xac100000, 0xac1fffff],
  [0xc0a80000, 0xc0a8ffff],
  [0xc6120000, 0xc613ffff],
  [0xe0000000, 0xffffffff],
];
const innerNumber = fc
  .constantFrom(...INNER_BLOCKS)
  .chain(([min, max]) => fc.integer({ min, max }));

/** Places on an inner host, by the ports on which the sinks listen. */
const PLACES = ["http://?/", "http://?:8080/x", "https://?/", "http://?:80/a?b=c", "https://?:443"];

function literals(sample: Sample): readonly string[] {
  const bracketed = CLOSED_ADDRESSES.map((host) => (host.includes(":") ? `[${host}]` : host));
  const hosts = [
    ...LOOPBACK_SPELLINGS,
    ...INSIDE_NAMES,
    ...bracketed,
    ...sample(innerNumber.chain(ipv4Spelling), 2_400),
    ...sample(innerNumber.chain(ipv6Wrapping), 600).map((host) => `[${host}]`),
  ];
  return hosts.map((host, at) => (PLACES[at % PLACES.length] ?? "").replace("?", host));
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** What the name server says of an inner name, by the manner of hiding. */
const HIDINGS: readonly ((inner: string, other: string) => Zone)[] = [
  (inner) => ({ answers: [[inner]] }),
  (inner) => ({ answers: [["8.8.8.8", inner]] }),
  (inner) => ({ answers: [[inner, "8.8.8.8"]] }),
  (inner) => ({ answers: [[inner, "2606:4700:4700::1111"]] }),
  (inner) => ({ answers: [[inner]], alias: "db.internal" }),
  (_, other) => ({ answers: [[other]] }),
  (_, other) => ({ answers: [["8.8.8.8", other]] }),
  (_, other) => ({ answers: [[other]], alias: "www.example.com" }),
];
const INNER_IPV6 = CLOSED_ADDRESSES.filter((address) => address.includes(":"));

function innerNames(
  sample: Sample,
  { entry, zones }: { readonly entry: Entry; readonly zones: Map<string, Zone> },
): readonly string[] {
  const addresses = [
    ...CLOSED_ADDRESSES.filter((address) => !address.includes(":")),
    ...sample(innerNumber, 1_980).map(dotted),
  ];
  return addresses.map((inner, at) => {
    const host = `n${at}.${entry}.example.org`;
    const other = INNER_IPV6[at % INNER_IPV6.length] ?? "::1";
    const zone = HIDINGS[at % HIDINGS.length]?.(inner, other);
    zones.set(host, zone ?? { answers: [[inner]] });
    return (PLACES[at % PLACES.length] ?? "").replace("?", host);
  });
}

/** Texts that are no address, or hide one behind another. */
const ODD_TEXTS: readonly string[] = [
  ...["file", "ftp", "gopher", "dict", "ldap", "tftp", "jar", "data", "ws", "unix"].flatMap(
    (scheme) => [`${scheme}://127.0.0.1:8080/`, `${scheme.toUpperCase()}:///etc/passwd`],
  ),
  "//127.0.0.1:8080/",
  "\\\\127.0.0.1:8080\\",
  "http:127.0.0.1:8080",
  "http:\\\\127.0.0.1:8080\\",
  "http:///127.0.0.1:8080/",
  "http://user:pass@127.0.0.1:8080/",
  "http://example.com@127.0.0.1:8080/",
  "http://127.0.0.1:8080#@example.com/",
  "http://[::1]:8080/",
  "http://[::1%25lo]:8080/",
  "http://127.0.0.1:8080\t/",
  "http://127.0.0.1%00.example.com:8080/",
  "http://1.1.1.1 &@127.0.0.1:8080# @3.3.3.3/",
  "http://127.0.0.1:22/",
  "http://127.0.0.1:6379/",
];

function turningNames(entry: Entry, zones: Map<string, Zone>): readonly string[] {
  return Array.from({ length: 100 }, (_, at) => {
    const host = `turn${at}.${entry}.example.org`;
    const inner = at % 2 === 0 ? "127.0.0.1" : "169.254.169.254";
    const answers = [[TURN_ADDRESS], [inner]];
    zones.set(host, { answers: at % 4 < 2 ? answers : answers.toReversed() });
    return `http://${host}/turn`;
  });
}

/** The first bytes of blocks that are public from end to end. */
const OUTER_STARTS = [1, 8, 9, 11, 23, 34, 45, 52, 63, 77, 88, 99, 104, 128, 151, 185, 199, 212];

function outerNames(
  sample: Sample,
  world: Pick<World, "zones"> & {
    readonly entry: Entry;
    readonly zones: Map<string, Zone>;
    readonly outside: Set<string>;
  },
): readonly string[] {
  const four = fc
    .tuple(fc.constantFrom(...OUTER_STARTS), fc.nat(254), fc.nat(255), fc.nat(255))
    .map((bytes) => bytes.join("."));
  const six = fc
    .tuple(fc.integer({ min: 0x2a00, max: 0x2cff }), fc.nat(0xffff), fc.nat(0xffff))
    .map(([a, b, c]) => `${a.toString(16)}:${(b + 1).toString(16).slice(-4)}::${c.toString(16)}`);
  const extra = OUTER_NAMES - PUBLIC_ADDRESSES.length;
  const addresses = [...PUBLIC_ADDRESSES, ...sample(fc.oneof(four, four, six), extra)];
  return addresses.map((address, at) => {
    const host = `${NAME_SHAPES[at % NAME_SHAPES.length]}${at}.${world.entry}.example.com`;
    const both = at % 5 === 0 ? [address, "45.33.32.156"] : [address];
    world.zones.set(host, { answers: [both] });
    for (const each of both) world.outside.add(ipaddr.parse(each).toString());
    return at % 2 === 0 ? `http://${host}/file.png` : `http://${host}:8080/a/b?c=d`;
  });
}

/** Names that look like what they are not. */
const NAME_SHAPES = ["cdn", "localhost-", "a_b", "x--y", "127-0-0-1-", "internal", "10-"];

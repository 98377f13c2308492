import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  CLOSED_ADDRESSES,
  INSIDE_NAMES,
  ipv4Spelling,
  ipv6Wrapping,
  LOOPBACK_SPELLINGS,
  PUBLIC_ADDRESSES,
} from "../../test/support/address-corpus.ts";
import {
  classifyAddress,
  hostOf,
  judgeAddress,
  judgeUrlText,
  type NetPolicy,
  parseCidr,
  portOf,
  type Reach,
} from "./net-address.ts";

function policy(reach: Reach = "public", more: Partial<NetPolicy> = {}): NetPolicy {
  return { reach, ownPorts: [], ownAddresses: [], cidrsAllowed: [], ...more };
}

function cidr(text: string) {
  const parsed = parseCidr(text);
  assert.ok(parsed !== null);
  return parsed;
}

const inUrl = (host: string) => (host.includes(":") ? `[${host}]` : host);

test("judgeUrlText() refuses every spelling of this machine and every inner name", () => {
  for (const host of [...LOOPBACK_SPELLINGS, ...INSIDE_NAMES]) {
    for (const url of [`http://${host}/`, `https://${host}:8443/a?b`, `HTTP://${host}`]) {
      assert.notEqual(judgeUrlText(url, policy()), null, url);
    }
  }
});

test("judgeUrlText() refuses every closed address and lets its neighbours pass", () => {
  for (const host of CLOSED_ADDRESSES) {
    assert.equal(
      judgeUrlText(`https://${inUrl(host)}/`, policy()),
      "must lead to a public address",
      host,
    );
  }
  for (const host of PUBLIC_ADDRESSES) {
    assert.equal(judgeUrlText(`https://${inUrl(host)}/`, policy()), null, host);
  }
});

test("judgeUrlText() sees through any spelling of an IPv4 address", () => {
  const anyAddress = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(
      anyAddress.chain((n) => fc.tuple(fc.constant(n), ipv4Spelling(n))),
      ([n, host]) => {
        const verdict = judgeUrlText(`http://${host}/`, policy());
        assert.equal(verdict === null, isPublicByNumbers(n), host);
      },
    ),
    { numRuns: 20_000 },
  );
});

test("judgeUrlText() refuses every wrapping of an inner address in IPv6", () => {
  const inner = fc.constantFrom(0x7f000001, 0x0a000001, 0xa9fea9fe, 0xc0a80001, 0x08080808);
  fc.assert(
    fc.property(
      inner.chain((n) => ipv6Wrapping(n)),
      (host) => {
        assert.notEqual(judgeUrlText(`http://[${host}]/`, policy()), null, host);
      },
    ),
    { numRuns: 500 },
  );
});

test("judgeUrlText() lets 500 public names and addresses pass", () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/);
  const name = fc.tuple(
    label,
    label,
    fc.constantFrom("com", "ai", "co.uk", "example", "invalid", "dev"),
  );
  fc.assert(
    fc.property(name, fc.constantFrom("", ":8443", ":80", ":3000", ":8080"), (labels, port) => {
      const url = `https://${labels.join(".")}${port}/a/b.png?token=x`;
      assert.equal(judgeUrlText(url, policy()), null, url);
    }),
    { numRuns: 500 },
  );
});

const TEXTS: readonly (readonly [string, string | null])[] = [
  ["", "must be an absolute http or https URL"],
  ["example.com/a", "must be an absolute http or https URL"],
  ["/a", "must be an absolute http or https URL"],
  ["http://", "must be an absolute http or https URL"],
  ["http://256.256.256.256/", "must be an absolute http or https URL"],
  ["http://1.2.3.4.5/", "must be an absolute http or https URL"],
  ["http://1.2.3.08/", "must be an absolute http or https URL"],
  ["http://0x100000000/", "must be an absolute http or https URL"],
  ["http://[fe80::1%25eth0]/", "must be an absolute http or https URL"],
  ["http://127.0.0.1%00.example.com/", "must be an absolute http or https URL"],
  ["http://exa%0d%0ample.com/", "must be an absolute http or https URL"],
  ["http://example.com:65536/", "must be an absolute http or https URL"],
  ["http://[::1", "must be an absolute http or https URL"],
  ["http://user:pass@example.com/", "must not carry a user name or password"],
  ["http://user@example.com/", "must not carry a user name or password"],
  ["http://127.0.0.1@example.com/", "must not carry a user name or password"],
  ["http://example.com@127.0.0.1/", "must not carry a user name or password"],
  ["http://1.1.1.1 &@2.2.2.2# @3.3.3.3/", "must not carry a user name or password"],
  ["http://example.com#@127.0.0.1/", null],
  ["http://example.com\\@127.0.0.1/", null],
  ["  https://example.com/a  ", null],
  ["https:example.com", null],
  ["https:\\\\example.com\\a", null],
  ["http:127.0.0.1", "must lead to a public address"],
  ["http:///127.0.0.1/", "must lead to a public address"],
  ["https:\\\\127.0.0.1\\", "must lead to a public address"],
  ["ht\ntp://127.0.0.1/", "must lead to a public address"],
  ["http://12\t7.0.0.1/", "must lead to a public address"],
  ["http://example.com:22/", "must not use port 22"],
  ["http://example.com:25/", "must not use port 25"],
  ["http://example.com:0/", "must not use port 0"],
  ["http://example.com:6379/", "must not use port 6379"],
  ["http://example.com:5432/", "must not use port 5432"],
  ["http://example.com:2375/", "must not use port 2375"],
  ["http://example.com:10250/", "must not use port 10250"],
  [`https://example.com/${"a".repeat(2028)}`, null],
  [`https://example.com/${"a".repeat(2029)}`, "must not be longer than 2048 characters"],
];

for (const [url, expected] of TEXTS) {
  test(`judgeUrlText() says ${expected ?? "yes"} to ${JSON.stringify(url.slice(0, 50))}`, () => {
    assert.equal(judgeUrlText(url, policy()), expected);
  });
}

const SCHEMES =
  "file ftp gopher dict ldap tftp sftp jar data blob javascript ws wss unix netdoc FILE Gopher";

for (const scheme of SCHEMES.split(" ")) {
  test(`judgeUrlText() refuses ${scheme}:`, () => {
    assert.equal(
      judgeUrlText(`${scheme}://example.com/`, policy()),
      "must be an http or https URL",
    );
    assert.notEqual(judgeUrlText(`${scheme}:example`, policy()), null);
  });
}

test("judgeUrlText() never throws", () => {
  const text = fc.oneof(
    fc.webUrl(),
    fc.string({ unit: "binary" }).map((rest) => `http://${rest}`),
  );
  fc.assert(
    fc.property(text, (url) => {
      const verdict = judgeUrlText(url, policy());
      assert.ok(verdict === null || /^must /.test(verdict));
    }),
    { numRuns: 2_000 },
  );
});

test("reach loopback opens this machine, except the ports that are our own", () => {
  const open = policy("loopback", { ownPorts: [8787] });
  for (const host of ["127.0.0.1", "127.1", "localhost", "foo.localhost", "[::1]"]) {
    assert.equal(judgeUrlText(`http://${host}:3000/`, open), null, host);
    assert.notEqual(judgeUrlText(`http://${host}:8787/`, open), null, host);
  }
  for (const host of [
    "10.0.0.1",
    "169.254.169.254",
    "0.0.0.0",
    "[::]",
    "[::ffff:127.0.0.1]",
    "db.internal",
  ]) {
    assert.notEqual(judgeUrlText(`http://${host}:3000/`, open), null, host);
  }
});

test("reach declared opens private networks, never metadata services nor our own port", () => {
  const open = policy("declared", { ownPorts: [8787], ownAddresses: ["192.168.1.9"] });
  for (const host of [
    "127.0.0.1:8188",
    "192.168.1.5:8188",
    "10.1.2.3",
    "[fd12::1]:80",
    "comfy:8188",
    "gpu.local",
  ]) {
    assert.equal(judgeUrlText(`http://${host}/`, open), null, host);
  }
  for (const host of [
    "127.0.0.1:8787",
    "192.168.1.9:8787",
    "169.254.169.254",
    "[fd00:ec2::254]",
    "168.63.129.16",
    "0.0.0.0",
    "100.100.100.200",
  ]) {
    assert.notEqual(judgeUrlText(`http://${host}/`, open), null, host);
  }
});

test("judgeAddress() keeps our own ports closed on our own public address", () => {
  const own = policy("public", { ownPorts: [8787], ownAddresses: ["8.8.4.4"] });
  assert.notEqual(judgeAddress("8.8.4.4", 8787, own), null);
  assert.equal(judgeAddress("8.8.4.4", 443, own), null);
});

test("judgeAddress() opens the ranges that the operator named, and no more", () => {
  const opened = policy("public", { cidrsAllowed: [cidr("10.1.0.0/16"), cidr("fd12::/16")] });
  assert.equal(judgeAddress("10.1.2.3", 80, opened), null);
  assert.equal(judgeAddress("fd12::7", 80, opened), null);
  assert.notEqual(judgeAddress("10.2.0.1", 80, opened), null);
  assert.notEqual(judgeAddress("fd13::7", 80, opened), null);
  assert.notEqual(judgeAddress("127.0.0.1", 80, opened), null);
  assert.equal(judgeUrlText("http://receiver:3000/", opened), null);
});

test("judgeAddress() refuses what is no address", () => {
  for (const text of ["", "localhost", "127.1", "0x7f000001", "fe80::1%eth0", "1.2.3.4/8"]) {
    assert.notEqual(judgeAddress(text, 80, policy()), null, text);
  }
});

test("classifyAddress() names the kinds", () => {
  assert.equal(classifyAddress("127.9.9.9"), "loopback");
  assert.equal(classifyAddress("::1"), "loopback");
  assert.equal(classifyAddress("10.0.0.1"), "private");
  assert.equal(classifyAddress("fd00:ec2::254"), "closed");
  assert.equal(classifyAddress("fd00:ec2::253"), "private");
  assert.equal(classifyAddress("8.8.8.8"), "public");
});

test("parseCidr() reads ranges of both families and nothing else", () => {
  assert.notEqual(parseCidr("10.0.0.0/8"), null);
  assert.notEqual(parseCidr("fd00::/8"), null);
  for (const text of ["10.0.0.0", "10.0.0.0/33", "x/8", ""])
    assert.equal(parseCidr(text), null, text);
});

test("hostOf() and portOf() give what a resolver and a socket want", () => {
  assert.equal(hostOf(new URL("http://[::1]:80/")), "::1");
  assert.equal(hostOf(new URL("http://Example.COM./")), "example.com");
  assert.equal(portOf(new URL("https://a.example/")), 443);
  assert.equal(portOf(new URL("http://a.example/")), 80);
  assert.equal(portOf(new URL("http://a.example:8080/")), 8080);
});

/** The list of closed IPv4 blocks once more, by arithmetic instead of a library. */
function isPublicByNumbers(address: number): boolean {
  const blocks: readonly (readonly [string, number])[] = [
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.0.2.0", 24],
    ["192.88.99.0", 24],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
    ["198.51.100.0", 24],
    ["203.0.113.0", 24],
    ["224.0.0.0", 4],
    ["240.0.0.0", 4],
    ["168.63.129.16", 32],
  ];
  return !blocks.some(([text, bits]) => {
    const base = text.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
    const size = 2 ** (32 - bits);
    return Math.floor(address / size) === Math.floor(base / size);
  });
}

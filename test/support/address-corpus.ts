import fc from "fast-check";

/** Spellings of 127.0.0.1 that URL parsers turn into it. */
export const LOOPBACK_SPELLINGS: readonly string[] = [
  "127.0.0.1",
  "127.1",
  "127.0.1",
  "2130706433",
  "0x7f000001",
  "0x7f.0x0.0x0.0x1",
  "0X7F.0.0.1",
  "0177.0.0.1",
  "0177.0x0.0.1",
  "017700000001",
  "00000177.0.0.01",
  "127.0.0.1.",
  "%31%32%37.0.0.1",
  "１２７.0.0.1",
  "①②⑦.⓪.⓪.①",
  "127。0。0。1",
  "127．0．0．1",
  "127.0.0.2",
  "127.255.255.254",
];

/** Names that mean this machine or an inner network by their letters. */
export const INSIDE_NAMES: readonly string[] = [
  "localhost",
  "LOCALHOST",
  "localhost.",
  "foo.localhost",
  "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
  "loc%61lhost",
  "ip6-localhost",
  "localhost.localdomain",
  "metadata.google.internal",
  "metadata",
  "router.home.arpa",
  "printer.local",
  "db.internal",
  "wiki.intranet",
  "a.onion",
  "api.default.svc",
  "127.0.0.1..",
  "a..b",
  "-x.example",
  "x-.example",
  `${"a".repeat(64)}.example`,
  `${"a.".repeat(150)}example`,
];

/** Addresses that nobody may reach from outside, one or more of each block. */
export const CLOSED_ADDRESSES: readonly string[] = [
  "0.0.0.0",
  "0.255.255.255",
  "10.0.0.0",
  "10.255.255.255",
  "100.64.0.0",
  "100.127.255.255",
  "100.100.100.200",
  "127.0.0.1",
  "169.254.0.0",
  "169.254.169.254",
  "172.16.0.0",
  "172.31.255.255",
  "192.0.0.1",
  "192.0.0.192",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.0.0",
  "192.168.255.255",
  "198.18.0.0",
  "198.19.255.255",
  "198.51.100.7",
  "203.0.113.7",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.0",
  "255.255.255.255",
  "168.63.129.16",
  "::",
  "::1",
  "::127.0.0.1",
  "::ffff:127.0.0.1",
  "::ffff:8.8.8.8",
  "::ffff:0:127.0.0.1",
  "64:ff9b::7f00:1",
  "64:ff9b::8.8.8.8",
  "64:ff9b:1::1",
  "100::1",
  "5f00::1",
  "fc00::1",
  "fdff::1",
  "fd00:ec2::254",
  "fe80::1",
  "febf::1",
  "fec0::1",
  "ff02::1",
  "2001::1",
  "2001:0:4136:e378::1",
  "2001:20::1",
  "2001:1ff::1",
  "2001:db8::1",
  "2002:7f00:1::",
  "3fff::1",
  "3fff:fff::1",
  "4000::1",
  "1fff::1",
];

/** Neighbours just outside of those blocks, and well-known public addresses. */
export const PUBLIC_ADDRESSES: readonly string[] = [
  "1.0.0.0",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "126.255.255.255",
  "128.0.0.0",
  "169.253.255.255",
  "169.255.0.0",
  "172.15.255.255",
  "172.32.0.0",
  "192.0.1.0",
  "192.0.3.0",
  "192.88.98.255",
  "192.88.100.0",
  "192.167.255.255",
  "192.169.0.0",
  "198.17.255.255",
  "198.20.0.0",
  "198.51.99.255",
  "198.51.101.0",
  "203.0.112.255",
  "203.0.114.0",
  "223.255.255.255",
  "168.63.129.15",
  "168.63.129.17",
  "100.128.100.200",
  "8.8.8.8",
  "1.1.1.1",
  "2000::1",
  "2001:200::1",
  "2001:db7:ffff::1",
  "2001:db9::1",
  "2003::1",
  "2606:4700:4700::1111",
  "2a00:1450:4001::8",
  "3ffe:ffff::1",
  "3fff:1000::1",
];

/** A spelling of an IPv4 address (as number) that `URL` reads as that address. */
export function ipv4Spelling(address: number): fc.Arbitrary<string> {
  const part = (value: number): fc.Arbitrary<string> =>
    fc.constantFrom(
      String(value),
      `0x${value.toString(16)}`,
      `0X${value.toString(16).toUpperCase()}`,
      `0${value.toString(8)}`,
      `000${value.toString(8)}`,
    );
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
  const spelled = fc.integer({ min: 1, max: 4 }).chain((count) => {
    const tail = address % 2 ** (8 * (5 - count));
    return fc
      .tuple(...[...bytes.slice(0, count - 1), tail].map(part))
      .map((parts) => parts.join("."));
  });
  return fc
    .tuple(spelled, fc.constantFrom("", "."), fc.constantFrom("plain", "percent", "wide"), fc.nat())
    .map(([text, dot, disguise, place]) => disguised(text + dot, disguise, place));
}

/** Ways to wrap an IPv4 address (as number) into an IPv6 one. */
export function ipv6Wrapping(address: number): fc.Arbitrary<string> {
  const high = Math.floor(address / 65_536).toString(16);
  const low = (address % 65_536).toString(16);
  return fc.constantFrom(
    `::ffff:${high}:${low}`,
    `0:0:0:0:0:FFFF:${high}:${low}`,
    `0000:0000:0000:0000:0000:ffff:${high.padStart(4, "0")}:${low.padStart(4, "0")}`,
    `::${high}:${low}`,
    `::ffff:0:${high}:${low}`,
    `64:ff9b::${high}:${low}`,
    `64:ff9b:1::${high}:${low}`,
    `2002:${high}:${low}::1`,
    `2001:0:${high}:${low}::1`,
  );
}

function disguised(text: string, disguise: string, place: number): string {
  const index = place % text.length;
  const letter = text.charAt(index);
  const other = {
    plain: letter,
    percent: `%${letter.charCodeAt(0).toString(16)}`,
    wide: String.fromCharCode(letter.charCodeAt(0) + 0xfee0),
  }[disguise];
  return text.slice(0, index) + (other ?? letter) + text.slice(index + 1);
}

import { BlockList, isIP } from "node:net";

/** Tells whether an address lies in one of a key's networks. */
export type IsInside = (address: string) => boolean;

/** What one person may hold of addresses: whoever has one of IPv6 has 2^64 of them. */
export function networkOf(address: string): string {
  return address.includes(":") ? address.split(":").slice(0, 4).join(":") : address;
}

/** Reads addresses and networks (`10.0.0.0/8`, `2001:db8::/32`); `null` when one is neither. */
export function readNetworks(networks: readonly string[]): IsInside | null {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits, ...rest] = network.split("/");
    const version = isIP(address);
    if (version === 0 || rest.length > 0) return null;
    const family = version === 4 ? "ipv4" : "ipv6";
    const most = version === 4 ? 32 : 128;
    if (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > most)) return null;
    list.addSubnet(address, bits === undefined ? most : Number(bits), family);
  }
  return (address) => {
    // A socket that takes both kinds shows IPv4 clients as ::ffff:192.0.2.1.
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
    const version = isIP(plain);
    return version !== 0 && list.check(plain, version === 4 ? "ipv4" : "ipv6");
  };
}

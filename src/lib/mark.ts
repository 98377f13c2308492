import { createHmac, timingSafeEqual } from "node:crypto";

/** Makes and reads ids that carry a proof that we made them: `<id>-<22 characters>`. */
export interface Marks {
  mark(id: string): string;
  /** The id of a marked name, or `null` when the proof is wrong, whichever bit of it. */
  read(name: string): string | null;
}

const NAME = /^([a-z]+_[0-9a-z]{1,64})-([0-9A-Za-z_-]{22})$/;
const MAC_BYTES = 16;

/** Makes marks with a key of their own: 128 bits of HMAC-SHA256. */
export function createMarks(key: Uint8Array): Marks {
  const macOf = (id: string): Buffer =>
    createHmac("sha256", key).update(id).digest().subarray(0, MAC_BYTES);
  return {
    mark: (id) => `${id}-${macOf(id).toString("base64url")}`,
    read(name) {
      const [, id, mac] = NAME.exec(name) ?? [];
      if (id === undefined || mac === undefined) return null;
      const given = Buffer.from(mac, "base64url");
      const isOurs = given.length === MAC_BYTES && timingSafeEqual(given, macOf(id));
      // Two spellings of the last character decode alike; only one is ours.
      return isOurs && given.toString("base64url") === mac ? id : null;
    },
  };
}

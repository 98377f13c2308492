import { URL_LENGTH_MAX } from "./pieces.ts";

/**
 * Tells whether a text may name a customer's media: an absolute http or https address of at most
 * 2048 characters without user name or password. Judges the text only; where the address leads
 * is judged when it is fetched.
 */
export function isMediaUrl(text: string): boolean {
  if (text.length > URL_LENGTH_MAX || !/^https?:\/\/[^\s\\/][^\s\\]*$/i.test(text)) return false;
  const url = URL.parse(text);
  return url !== null && url.hostname !== "" && url.username === "" && url.password === "";
}

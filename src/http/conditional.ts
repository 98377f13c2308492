/**
 * Tells whether `If-None-Match` names an entity tag, by the weak comparison of RFC 9110: then the
 * answer is 304.
 */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag || header === "*") return true;
  return header.split(",").some((item) => item.trim().replace(/^W\//, "") === etag);
}

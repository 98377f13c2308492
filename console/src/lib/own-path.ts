/**
 * The path of a file or picture that the gateway holds, whatever name the gateway goes by: a page
 * may read only from where it came. `null` for an address elsewhere.
 */
export function ownPath(url: string | null): string | null {
  if (url === null || !URL.canParse(url, BASE)) return null;
  const { pathname, search } = new URL(url, BASE);
  return /^\/(files|previews)\//.test(pathname) ? pathname + search : null;
}

/** The same as far as there is one; any other address as it stands, nothing for `null`. */
export function nearUrl(url: string | null): string {
  return ownPath(url) ?? url ?? "";
}

const BASE = "http://console.invalid";

interface Queued {
  readonly url: string | null;
  readonly fault: string | null;
}

/**
 * Takes from the head of a queue what has arrived: one that is still on its way holds back those
 * behind it, one that failed does not. Pure.
 */
export function arrived<Item extends Queued>(
  queue: readonly Item[],
): { readonly urls: readonly string[]; readonly rest: readonly Item[] } {
  const open = queue.findIndex(({ url, fault }) => url === null && fault === null);
  const end = open === -1 ? queue.length : open;
  const urls = queue.slice(0, end).flatMap(({ url }) => (url === null ? [] : [url]));
  return { urls, rest: queue.filter(({ url }, at) => at >= end || url === null) };
}

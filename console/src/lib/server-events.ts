/** One event of a stream of server-sent events. */
export interface ServerEvent {
  readonly type: string;
  /** Empty when it has none. */
  readonly id: string;
  readonly data: string;
}

/** Reads a stream of server-sent events to its end. Unlike EventSource it can bear headers. */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  hear: (event: ServerEvent) => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const text = rest + decoder.decode(value, { stream: true });
    const blocks = text.replaceAll("\r\n", "\n").split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = readBlock(block);
      if (event !== null) hear(event);
    }
  }
}

/** Reads the lines of one event; `null` for comments and what has no data. */
export function readBlock(block: string): ServerEvent | null {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, "");
    const before = fields.get(name);
    fields.set(name, name === "data" && before !== undefined ? `${before}\n${value}` : value);
  }
  const data = fields.get("data");
  if (data === undefined) return null;
  return { type: fields.get("event") ?? "message", id: fields.get("id") ?? "", data };
}

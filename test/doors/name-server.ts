import { createSocket } from "node:dgram";
import { once } from "node:events";
import ipaddr from "ipaddr.js";

/** What a name leads to; where there are several answers, each question gets the next one. */
export interface Zone {
  readonly answers: readonly (readonly string[])[];
  /** A name that stands between, as a CNAME record. */
  readonly alias?: string;
}

/** Starts a name server on every address of this network, port 53. */
export async function serveNames(zones: ReadonlyMap<string, Zone>): Promise<void> {
  const asked = new Map<string, number>();
  const socket = createSocket({ type: "udp6" });
  socket.on("message", (message, peer) => {
    const question = readQuestion(message);
    const zone = zones.get(question.name);
    const key = `${question.name} ${question.type}`;
    const turn = asked.get(key) ?? 0;
    asked.set(key, turn + 1);
    const addresses = zone?.answers[turn % zone.answers.length] ?? [];
    const answer = writeAnswer(message, question, { zone, addresses });
    socket.send(answer, peer.port, peer.address);
  });
  socket.bind(53, "::");
  await once(socket, "listening");
}

interface Question {
  readonly name: string;
  /** 1 for A, 28 for AAAA. */
  readonly type: number;
  /** Where the question ends. */
  readonly end: number;
}

function readQuestion(message: Buffer): Question {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function writeAnswer(
  message: Buffer,
  { type, end }: Question,
  found: { readonly zone: Zone | undefined; readonly addresses: readonly string[] },
): Buffer {
  const { zone, addresses } = found;
  const bytes = addresses.map((address) => Buffer.from(ipaddr.parse(address).toByteArray()));
  const fitting = bytes.filter(({ length }) => (type === 1 ? length === 4 : length === 16));
  const owner = zone?.alias === undefined ? POINT_TO_QUESTION : nameBytes(zone.alias);
  const records = fitting.map((data) => record(owner, type, data));
  if (zone?.alias !== undefined) records.unshift(record(POINT_TO_QUESTION, 5, owner));
  const head = Buffer.alloc(12);
  message.copy(head, 0, 0, 2);
  head.writeUInt16BE(zone === undefined ? 0x8183 : 0x8180, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(records.length, 6);
  return Buffer.concat([head, message.subarray(12, end), ...records]);
}

const POINT_TO_QUESTION = Buffer.from([0xc0, 12]);

/** A record that may not be kept for a second. */
function record(owner: Buffer, type: number, data: Buffer): Buffer {
  const middle = Buffer.alloc(10);
  middle.writeUInt16BE(type, 0);
  middle.writeUInt16BE(1, 2);
  middle.writeUInt16BE(data.length, 8);
  return Buffer.concat([owner, middle, data]);
}

function nameBytes(name: string): Buffer {
  const labels = name.split(".").map((label) => [label.length, ...Buffer.from(label)]);
  return Buffer.from([...labels.flat(), 0]);
}

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { join } from "node:path";
import { test } from "node:test";
import {
  getCACertificates,
  setDefaultCACertificates,
  type TLSSocket,
  type TlsOptions,
} from "node:tls";
import { type Folder, makeFolder } from "../../test/support/media-samples.ts";
import { requirePart } from "../../test/support/require.ts";
import { parseCidr } from "./net-address.ts";
import { createOutbound } from "./outbound.ts";

const needsOpenssl = () =>
  requirePart(
    "openssl",
    spawnSync("openssl", ["version"]).status === 0,
    "openssl is not installed",
  );

function openssl(folder: Folder, words: string): void {
  execFileSync("openssl", words.split(" "), { cwd: folder.path, stdio: "ignore" });
}

const CURVE = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";

/** Makes a certificate for `name`, by our own authority or by itself, and gives key and paper. */
function certify(folder: Folder, name: string, isOurs: boolean) {
  const names = `subjectAltName=DNS:${name}`;
  const subject = `-keyout ${name}.key -subj /CN=${name}`;
  if (isOurs) {
    writeFileSync(join(folder.path, "names"), names);
    openssl(folder, `req ${CURVE} ${subject} -out ${name}.req`);
    const signing = "-CA ca.pem -CAkey ca.key -CAcreateserial -extfile names -days 2";
    openssl(folder, `x509 -req -in ${name}.req -out ${name}.pem ${signing}`);
  } else {
    openssl(folder, `req -x509 ${CURVE} ${subject} -out ${name}.pem -days 2 -addext ${names}`);
  }
  const read = (ending: string) => readFileSync(join(folder.path, `${name}.${ending}`));
  return { key: read("key"), cert: read("pem") };
}

async function setup() {
  const folder = makeFolder();
  openssl(folder, `req -x509 ${CURVE} -keyout ca.key -out ca.pem -days 2 -subj /CN=ca.example`);
  setDefaultCACertificates([
    ...getCACertificates("default"),
    readFileSync(join(folder.path, "ca.pem"), "utf8"),
  ]);
  const outbound = createOutbound({
    userAgent: "test/1",
    ownPorts: () => [],
    resolve: async () => [{ address: "127.0.0.1", family: 4 }],
  });
  const servers: Server[] = [];
  return {
    folder,
    async serve(options: TlsOptions) {
      const seen: { readonly name: unknown; readonly protocol: unknown; readonly url: unknown }[] =
        [];
      const server = createServer(
        { ALPNProtocols: ["h2", "http/1.1"], ...options },
        (request, response) => {
          const { servername, alpnProtocol } = Object(request.socket) satisfies TLSSocket;
          seen.push({ name: servername, protocol: alpnProtocol, url: request.url });
          response.end("ok");
        },
      );
      server.on("tlsClientError", () => {});
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const place = server.address();
      return { seen, port: typeof place === "object" ? place?.port : undefined };
    },
    async post(host: string, port: number | undefined) {
      const url = `https://${host}:${port}/submit`;
      const common = {
        method: "POST",
        reach: "loopback",
        timeoutMs: 5_000,
        bytesMax: 100,
      } as const;
      const answer = await outbound.request("provider", { ...common, url, body: "secret" });
      return answer.kind === "fault" ? [answer.class, answer.sent] : [answer.status];
    },
    async [Symbol.asyncDispose]() {
      await outbound.close();
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
      folder[Symbol.dispose]();
    },
  };
}

test("a certificate of the right name is accepted, over HTTP/1.1", needsOpenssl(), async () => {
  await using room = await setup();
  const server = await room.serve(certify(room.folder, "good.example", true));
  assert.deepEqual(await room.post("good.example", server.port), [200]);
  assert.deepEqual(await room.post("good.example.", server.port), [200]);
  assert.deepEqual(
    server.seen,
    Array(2).fill({ name: "good.example", protocol: "http/1.1", url: "/submit" }),
  );
});

test("nothing is sent to a server with another certificate", needsOpenssl(), async () => {
  await using room = await setup();
  const ours = certify(room.folder, "good.example", true);
  const servers: readonly (readonly [string, TlsOptions])[] = [
    ["wrong.example", ours],
    ["127.0.0.1", ours],
    ["self.example", certify(room.folder, "self.example", false)],
    [
      "good.example",
      { ...ours, minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" },
    ],
  ];
  for (const [host, options] of servers) {
    const server = await room.serve(options);
    assert.deepEqual(await room.post(host, server.port), ["tls", false], host);
    assert.deepEqual(server.seen, [], host);
  }
});

test("a connection that the system refuses at once is a fault, with TLS too", async () => {
  // Nobody connects to a group of machines.
  const group = parseCidr("224.0.0.0/4");
  assert.ok(group !== null);
  const outbound = createOutbound({
    ...{ userAgent: "test/1", ownPorts: () => [], cidrsAllowed: [group] },
    resolve: async () => [{ address: "224.0.0.19", family: 4 }],
  });
  for (const url of ["https://224.0.0.19/", "https://group.example/", "http://224.0.0.19/"]) {
    const order = { method: "GET", url, reach: "public", timeoutMs: 5_000, bytesMax: 9 } as const;
    const answer = await outbound.request("media", order);
    assert.ok(answer.kind === "fault");
    assert.deepEqual([answer.class, answer.sent], ["connect", false]);
  }
  await outbound.close();
});

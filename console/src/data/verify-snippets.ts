import type { Snippet } from "../components/code.tsx";

const JS = `// Node 20 and newer, no packages. req.body must be the exact text that came in.
import { createHmac, timingSafeEqual } from "node:crypto";

function isFromVidgo(headers, body, secret = process.env.VIDGO_WEBHOOK_SECRET) {
  const id = headers["webhook-id"];
  const stamp = headers["webhook-timestamp"];
  if (Math.abs(Date.now() / 1000 - Number(stamp)) > 300) return false;
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const mark = createHmac("sha256", key).update(\`\${id}.\${stamp}.\${body}\`).digest("base64");
  const expected = Buffer.from("v1," + mark);
  return headers["webhook-signature"].split(" ").some((given) => {
    const bytes = Buffer.from(given);
    return bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
}`;

const PYTHON = `# Standard library only. body must be the exact bytes that came in.
import base64, hashlib, hmac, os, time

def is_from_vidgo(headers, body, secret=os.environ["VIDGO_WEBHOOK_SECRET"]):
    id, stamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(stamp)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{id}.{stamp}.".encode() + body
    mark = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    given = headers["webhook-signature"].split(" ")
    return any(hmac.compare_digest(each, "v1," + mark) for each in given)`;

/** How a program verifies a callback, without a package. */
export const VERIFY_SNIPPETS: readonly Snippet[] = [
  { language: "python", text: PYTHON },
  { language: "js", text: JS },
];

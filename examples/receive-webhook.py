# Receives callbacks and verifies them, with nothing but Python's own library.
#
#   VIDGO_WEBHOOK_SECRET=whsec_… python3 receive-webhook.py
#
# The secret: GET /api/webhooks/secret, or `vidgo listen` to try it on this machine.
import base64, hashlib, hmac, json, os, time
from http.server import BaseHTTPRequestHandler, HTTPServer


def read_callback(headers, body, secret, now):
    """Gives the callback, or None unless it was signed with the secret in the last 5 minutes."""
    message_id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    if len(key) < 24 or not stamp.isdecimal() or abs(now - int(stamp)) > 300:
        return None
    signed = f"{message_id}.{stamp}.".encode() + body
    mark = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    given = headers.get("webhook-signature", "").encode().split(b" ")
    return json.loads(body) if any(hmac.compare_digest(mark, one) for one in given) else None


class Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        secret = os.environ["VIDGO_WEBHOOK_SECRET"]
        task = read_callback(self.headers, body, secret, time.time())
        self.send_response(204 if task else 401)
        self.end_headers()
        if task:
            # The same event may come twice: task_id tells.
            print(task["task_id"], task["status"], [f.get("file_url") for f in task["files"]], flush=True)


if __name__ == "__main__":
    server = HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "3000"))), Hook)
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()

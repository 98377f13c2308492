"""Makes a picture and saves it: submit, poll, save."""

import os
import sys
import time

import requests

base = os.environ.get("VIDGO_URL", "http://127.0.0.1:8787")
headers = {"Authorization": f"Bearer {os.environ['VIDGO_KEY']}"}

submitted = requests.post(
    f"{base}/api/generate/submit",
    headers=headers,
    json={"model": "gpt-4o-image", "input": {"prompt": "A red fox in the snow", "size": "1:1"}},
    timeout=30,
)
submitted.raise_for_status()
task_id = submitted.json()["data"]["task_id"]

while True:
    answer = requests.get(f"{base}/api/generate/status/{task_id}", headers=headers, timeout=30)
    answer.raise_for_status()
    task = answer.json()["data"]
    if task["status"] in ("finished", "failed"):
        break
    time.sleep(2)

if task["status"] == "failed":
    sys.exit(task["error_message"])
with open("result.png", "wb") as file:
    file.write(requests.get(task["files"][0]["file_url"], timeout=60).content)
print("saved result.png")

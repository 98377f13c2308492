#!/bin/sh
# Makes a picture and saves it: submit, poll, save. Needs curl and nothing else.
set -eu

base="${VIDGO_URL:-http://127.0.0.1:8787}"
call() {
  curl -sS --fail-with-body -H "Authorization: Bearer $VIDGO_KEY" \
    -H "Content-Type: application/json" "$@"
}

task_id=$(call "$base/api/generate/submit" \
  -d '{"model":"gpt-4o-image","input":{"prompt":"A red fox in the snow","size":"1:1"}}' |
  sed 's/.*"task_id":"\([^"]*\)".*/\1/')

while :; do
  task=$(call "$base/api/generate/status/$task_id")
  case "$task" in
    *'"status":"finished"'*) break ;;
    *'"status":"failed"'*) echo "$task" >&2 && exit 1 ;;
  esac
  sleep 2
done

file_url=$(printf '%s' "$task" | sed 's/.*"file_url":"\([^"]*\)".*/\1/')
curl -sS --fail -o result.png "$file_url"
echo "saved result.png"

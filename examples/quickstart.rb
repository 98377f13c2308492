# Makes a picture and saves it: submit, poll, save.
require "json"
require "net/http"

BASE = ENV.fetch("VIDGO_URL", "http://127.0.0.1:8787")
HEADERS = {
  "Authorization" => "Bearer #{ENV.fetch("VIDGO_KEY")}",
  "Content-Type" => "application/json",
}.freeze

def read(answer)
  told = JSON.parse(answer.body)
  raise told.dig("error", "message") unless answer.is_a?(Net::HTTPOK)

  told["data"]
end

task = read(Net::HTTP.post(
  URI("#{BASE}/api/generate/submit"),
  { model: "gpt-4o-image", input: { prompt: "A red fox in the snow", size: "1:1" } }.to_json,
  HEADERS,
))
id = task["task_id"]
until %w[finished failed].include?(task["status"])
  sleep 2
  task = read(Net::HTTP.get_response(URI("#{BASE}/api/generate/status/#{id}"), HEADERS))
end

raise task["error_message"] if task["status"] == "failed"

File.binwrite("result.png", Net::HTTP.get(URI(task["files"][0]["file_url"])))
puts "saved result.png"

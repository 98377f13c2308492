<?php
// Makes a picture and saves it: submit, poll, save. Needs the curl extension.

$base = getenv('VIDGO_URL') ?: 'http://127.0.0.1:8787';

function call(string $url, ?array $body = null): array
{
    $curl = curl_init($url);
    curl_setopt_array($curl, [
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_HTTPHEADER => [
            'Authorization: Bearer ' . getenv('VIDGO_KEY'),
            'Content-Type: application/json',
        ],
    ]);
    if ($body !== null) {
        curl_setopt($curl, CURLOPT_POSTFIELDS, json_encode($body));
    }
    $told = json_decode(curl_exec($curl), true);
    if (curl_getinfo($curl, CURLINFO_RESPONSE_CODE) !== 200) {
        throw new RuntimeException($told['error']['message'] ?? 'no answer');
    }
    return $told['data'];
}

$task = call("$base/api/generate/submit", [
    'model' => 'gpt-4o-image',
    'input' => ['prompt' => 'A red fox in the snow', 'size' => '1:1'],
]);
$id = $task['task_id'];
while (!in_array($task['status'], ['finished', 'failed'], true)) {
    sleep(2);
    $task = call("$base/api/generate/status/$id");
}

if ($task['status'] === 'failed') {
    throw new RuntimeException($task['error_message']);
}
file_put_contents('result.png', file_get_contents($task['files'][0]['file_url']));
echo "saved result.png\n";

// Makes a picture and saves it: submit, poll, save.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"time"
)

type task struct {
	TaskID       string `json:"task_id"`
	Status       string `json:"status"`
	ErrorMessage string `json:"error_message"`
	Files        []struct {
		FileURL string `json:"file_url"`
	} `json:"files"`
}

type envelope struct {
	Data  task `json:"data"`
	Error struct {
		Message string `json:"message"`
	} `json:"error"`
}

var base = "http://127.0.0.1:8787"

func call(method, path string, body any) task {
	var payload bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&payload).Encode(body); err != nil {
			log.Fatal(err)
		}
	}
	request, err := http.NewRequest(method, base+path, &payload)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("VIDGO_KEY"))
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer answer.Body.Close()
	var told envelope
	if err := json.NewDecoder(answer.Body).Decode(&told); err != nil {
		log.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK {
		log.Fatal(told.Error.Message)
	}
	return told.Data
}

func main() {
	if url := os.Getenv("VIDGO_URL"); url != "" {
		base = url
	}
	made := call("POST", "/api/generate/submit", map[string]any{
		"model": "gpt-4o-image",
		"input": map[string]any{"prompt": "A red fox in the snow", "size": "1:1"},
	})
	for made.Status != "finished" && made.Status != "failed" {
		time.Sleep(2 * time.Second)
		made = call("GET", "/api/generate/status/"+made.TaskID, nil)
	}
	if made.Status == "failed" {
		log.Fatal(made.ErrorMessage)
	}

	answer, err := http.Get(made.Files[0].FileURL)
	if err != nil {
		log.Fatal(err)
	}
	defer answer.Body.Close()
	file, err := os.Create("result.png")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	if _, err := io.Copy(file, answer.Body); err != nil {
		log.Fatal(err)
	}
	fmt.Println("saved result.png")
}

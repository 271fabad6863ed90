// Gives what kubectl reads from texts of manifests: the way of its StreamVisitor
// (k8s.io/cli-runtime/pkg/resource/visitor.go), a stream of YAML or JSON documents, each turned into JSON, empty ones left out.
//
// Standard input: a JSON list of texts. Standard output: a JSON list of {"documents": [...], "error": "..."}.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
)

type reading struct {
	Documents []json.RawMessage `json:"documents"`
	Error     string            `json:"error,omitempty"`
}

func read(text string) reading {
	decoder := yaml.NewYAMLOrJSONDecoder(strings.NewReader(text), 4096)
	found := reading{Documents: []json.RawMessage{}}
	for {
		var document runtime.RawExtension
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			return found
		} else if err != nil {
			found.Error = err.Error()
			return found
		}
		raw := bytes.TrimSpace(document.Raw)
		if len(raw) > 0 && !bytes.Equal(raw, []byte("null")) {
			found.Documents = append(found.Documents, raw)
		}
	}
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		fmt.Fprintln(os.Stderr, "read-manifests:", err)
		os.Exit(1)
	}
	readings := make([]reading, 0, len(texts))
	for _, text := range texts {
		readings = append(readings, read(text))
	}
	if err := json.NewEncoder(os.Stdout).Encode(readings); err != nil {
		fmt.Fprintln(os.Stderr, "read-manifests:", err)
		os.Exit(1)
	}
}

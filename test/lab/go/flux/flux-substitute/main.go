// Substitutes variables in manifests as kustomize-controller does after its build, in strict mode: the way of SubstituteVariables
// (github.com/fluxcd/pkg/kustomize/kustomize_varsub.go), each object printed as YAML, its variables replaced, and read again.
//
// Arguments: files of manifests. Standard output: a JSON list of {"file", "objects", "problems": [...]}, a problem for each object that
// is changed or refused.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/fluxcd/pkg/envsubst"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

type outcome struct {
	File     string   `json:"file"`
	Objects  int      `json:"objects"`
	Problems []string `json:"problems"`
}

// What a Kustomization's postBuild.substitute holds: without a variable kustomize-controller substitutes nothing.
var variables = map[string]string{"cluster_name": "production"}

func substitute(object []byte) error {
	text, err := yaml.JSONToYAML(object)
	if err != nil {
		return err
	}
	replaced, err := envsubst.Eval(string(text), func(name string) (string, bool) {
		value, isThere := variables[name]
		return value, isThere
	})
	if err != nil {
		return err
	}
	after, err := yaml.YAMLToJSON([]byte(replaced))
	if err != nil {
		return err
	}
	before, err := yaml.YAMLToJSON(text)
	if err != nil {
		return err
	}
	if replaced != string(text) || !bytes.Equal(before, after) {
		return errors.New("changed")
	}
	return nil
}

func substituteFile(file string) outcome {
	found := outcome{File: file, Problems: []string{}}
	text, err := os.ReadFile(file)
	if err != nil {
		found.Problems = append(found.Problems, err.Error())
		return found
	}
	decoder := utilyaml.NewYAMLOrJSONDecoder(bytes.NewReader(text), 4096)
	for {
		var object json.RawMessage
		err := decoder.Decode(&object)
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			found.Problems = append(found.Problems, err.Error())
			return found
		}
		if len(object) == 0 || string(object) == "null" {
			continue
		}
		found.Objects++
		if err := substitute(object); err != nil {
			found.Problems = append(found.Problems, fmt.Sprintf("object %d: %v", found.Objects, err))
		}
	}
}

func main() {
	outcomes := []outcome{}
	for _, file := range os.Args[1:] {
		outcomes = append(outcomes, substituteFile(file))
	}
	if err := json.NewEncoder(os.Stdout).Encode(outcomes); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

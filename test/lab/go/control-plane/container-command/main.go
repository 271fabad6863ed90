// Gives what a kubelet hands to the container runtime: environment, command and arguments of a container
// after Kubernetes' own $(VAR) expansion.
// Order and scope as in pkg/kubelet/kubelet_pods.go (makeEnvironmentVariables) and
// pkg/kubelet/container/helpers.go (ExpandContainerCommandAndArgs): a variable sees those before it,
// command and arguments see all of them.
//
// Standard input: {"env": [{"name", "value"}], "command": [], "args": []}, with downward API values filled in.
// Standard output: the same shape.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"k8s.io/kubernetes/third_party/forked/golang/expansion"
)

type variable struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type container struct {
	Env     []variable `json:"env"`
	Command []string   `json:"command"`
	Args    []string   `json:"args"`
}

func expandAll(texts []string, mapping func(string) string) []string {
	expanded := make([]string, 0, len(texts))
	for _, text := range texts {
		expanded = append(expanded, expansion.Expand(text, mapping))
	}
	return expanded
}

func main() {
	var given container
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		fmt.Fprintln(os.Stderr, "container-command:", err)
		os.Exit(1)
	}
	values := map[string]string{}
	mapping := expansion.MappingFuncFor(values)
	run := container{Env: []variable{}}
	for _, v := range given.Env {
		value := expansion.Expand(v.Value, mapping)
		values[v.Name] = value
		run.Env = append(run.Env, variable{v.Name, value})
	}
	run.Command = expandAll(given.Command, mapping)
	run.Args = expandAll(given.Args, mapping)
	if err := json.NewEncoder(os.Stdout).Encode(run); err != nil {
		fmt.Fprintln(os.Stderr, "container-command:", err)
		os.Exit(1)
	}
}

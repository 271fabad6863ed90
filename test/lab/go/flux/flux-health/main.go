// Judges objects by the healthCheckExprs of a Flux Kustomization, by kustomize-controller's own evaluator.
//
// Standard input: a JSON list of {"expressions": {"current": "..."}, "object": {...}}. Standard output: a JSON list of statuses, Unknown
// where an expression fails on an object: kustomize-controller then asks again until its time is up.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/fluxcd/pkg/apis/kustomize"
	"github.com/fluxcd/pkg/runtime/cel"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

type question struct {
	Expressions kustomize.HealthCheckExpressions `json:"expressions"`
	Object      unstructured.Unstructured        `json:"object"`
}

func answer(one question) (string, error) {
	evaluator, err := cel.NewStatusEvaluator(&one.Expressions)
	if err != nil {
		return "", err
	}
	found, err := evaluator.Evaluate(context.Background(), &one.Object)
	if err != nil {
		return "Unknown", nil
	}
	return found.Status.String(), nil
}

func run() error {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		return err
	}
	answers := []string{}
	for _, one := range questions {
		status, err := answer(one)
		if err != nil {
			return err
		}
		answers = append(answers, status)
	}
	return json.NewEncoder(os.Stdout).Encode(answers)
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

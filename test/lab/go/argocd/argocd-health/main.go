// Judges the health of objects as Argo CD does: settings out of argocd-cm through Argo CD's own reader, the checks in Argo CD's own Lua.
//
// Standard input: the data of argocd-cm and a list of objects in JSON. Standard output: a JSON list of answers in their order.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/lua"
)

type question struct {
	Settings map[string]string            `json:"settings"`
	Objects  []*unstructured.Unstructured `json:"objects"`
}

type answer struct {
	Status  string `json:"status"`
	Message string `json:"message"`
	Error   string `json:"error,omitempty"`
}

const key = "resource.customizations.health."

func main() {
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	overrides := lua.ResourceHealthOverrides{}
	for name, script := range asked.Settings {
		if kind, found := strings.CutPrefix(name, key); found {
			// argocd-cm writes group_Kind, and the overrides have group/Kind (util/settings, appendResourceOverridesFromSplitKeys).
			overrides[strings.Replace(kind, "_", "/", 1)] = v1alpha1.ResourceOverride{HealthLua: script}
		}
	}
	answers := []answer{}
	for _, object := range asked.Objects {
		health, err := overrides.GetResourceHealth(object)
		switch {
		case err != nil:
			answers = append(answers, answer{Error: err.Error()})
		case health == nil:
			answers = append(answers, answer{Error: "there is no check"})
		default:
			answers = append(answers, answer{Status: string(health.Status), Message: health.Message})
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

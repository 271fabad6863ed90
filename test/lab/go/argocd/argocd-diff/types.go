package main

import (
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/kube"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/tracing"
)

// The types of a cluster's objects, out of its OpenAPI document, as Argo CD's cache of a cluster loads them.
func loadTypes(kubeconfig string) (*managedfields.GvkParser, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	kubectl := &kube.KubectlCmd{Tracer: tracing.NopTracer{}}
	_, types, err := kubectl.LoadOpenAPISchema(config)
	return types, err
}

// Compares what Git wants with what a cluster has, as Argo CD's application controller does (controller/state.go): settings
// out of argocd-cm through Argo CD's own reader, then its normalizers and gitops-engine's comparison.
//
// Standard input: the question below in JSON. Standard output: a JSON list of comparisons in the order of the pairs.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/kubernetes/fake"

	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	argodiff "github.com/argoproj/argo-cd/v3/util/argo/diff"
	"github.com/argoproj/argo-cd/v3/util/argo/normalizers"
	"github.com/argoproj/argo-cd/v3/util/settings"
)

type question struct {
	// The data of argocd-cm.
	Settings map[string]string `json:"settings"`
	// As an Application has them in spec.ignoreDifferences.
	IgnoreDifferences []v1alpha1.ResourceIgnoreDifferences `json:"ignoreDifferences"`
	// Set where the application syncs with ServerSideApply=true: the cluster whose types count.
	ServerSideApply string `json:"serverSideApply"`
	Pairs           []pair `json:"pairs"`
}

type pair struct {
	Target *unstructured.Unstructured `json:"target"`
	Live   *unstructured.Unstructured `json:"live"`
}

type comparison struct {
	OutOfSync bool            `json:"outOfSync"`
	Live      json.RawMessage `json:"live"`
	Predicted json.RawMessage `json:"predicted"`
}

// Argo CD reads its settings from a cluster; this one holds nothing but them.
func readSettings(ctx context.Context, data map[string]string) *settings.SettingsManager {
	const namespace = "argocd"
	labels := map[string]string{"app.kubernetes.io/part-of": "argocd"}
	named := func(name string) metav1.ObjectMeta {
		return metav1.ObjectMeta{Name: name, Namespace: namespace, Labels: labels}
	}
	client := fake.NewClientset(
		&corev1.ConfigMap{ObjectMeta: named(common.ArgoCDConfigMapName), Data: data},
		&corev1.Secret{ObjectMeta: named(common.ArgoCDSecretName)},
	)
	return settings.NewSettingsManager(ctx, client, namespace)
}

func buildConfig(ctx context.Context, asked question) (argodiff.DiffConfig, error) {
	manager := readSettings(ctx, asked.Settings)
	overrides, err := manager.GetResourceOverrides()
	if err != nil {
		return nil, err
	}
	options, err := manager.GetResourceCompareOptions()
	if err != nil {
		return nil, err
	}
	label, err := manager.GetAppInstanceLabelKey()
	if err != nil {
		return nil, err
	}
	tracking, err := manager.GetTrackingMethod()
	if err != nil {
		return nil, err
	}
	builder := argodiff.NewDiffConfigBuilder().
		WithDiffSettings(asked.IgnoreDifferences, overrides, options.IgnoreAggregatedRoles, normalizers.IgnoreNormalizerOpts{}).
		WithTracking(label, tracking).
		WithNoCache().
		WithManager(common.ArgoCDSSAManager)
	if asked.ServerSideApply != "" {
		types, err := loadTypes(asked.ServerSideApply)
		if err != nil {
			return nil, err
		}
		builder.WithGVKParser(types).WithStructuredMergeDiff(true)
	}
	return builder.Build()
}

func compare(ctx context.Context, asked question) ([]comparison, error) {
	config, err := buildConfig(ctx, asked)
	if err != nil {
		return nil, err
	}
	lives := make([]*unstructured.Unstructured, 0, len(asked.Pairs))
	targets := make([]*unstructured.Unstructured, 0, len(asked.Pairs))
	for _, each := range asked.Pairs {
		lives, targets = append(lives, each.Live), append(targets, each.Target)
	}
	found, err := argodiff.StateDiffs(lives, targets, config)
	if err != nil {
		return nil, err
	}
	comparisons := make([]comparison, 0, len(found.Diffs))
	for _, each := range found.Diffs {
		comparisons = append(comparisons, comparison{
			OutOfSync: each.Modified,
			Live:      each.NormalizedLive,
			Predicted: each.PredictedLive,
		})
	}
	return comparisons, nil
}

func run() error {
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		return err
	}
	comparisons, err := compare(context.Background(), asked)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(comparisons)
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "argocd-diff:", err)
		os.Exit(1)
	}
}

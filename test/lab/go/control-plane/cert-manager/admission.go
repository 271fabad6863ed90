// Gives the webhook's handler: cert-manager's own validation, and the identity it writes on CertificateRequests
// (https://cert-manager.io/docs/concepts/webhook/).
package main

import (
	"net/http"
	"time"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"

	acmeinstall "github.com/cert-manager/cert-manager/internal/apis/acme/install"
	cminstall "github.com/cert-manager/cert-manager/internal/apis/certmanager/install"
	metainstall "github.com/cert-manager/cert-manager/internal/apis/meta/install"
	"github.com/cert-manager/cert-manager/internal/webhook/admission/certificaterequest/approval"
	"github.com/cert-manager/cert-manager/internal/webhook/admission/certificaterequest/identity"
	"github.com/cert-manager/cert-manager/internal/webhook/admission/resourcevalidation"
	cmadmission "github.com/cert-manager/cert-manager/pkg/webhook/admission"
)

func admission(kubeconfig string) (http.Handler, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	authorizer, err := authorizerfactory.DelegatingAuthorizerConfig{
		SubjectAccessReviewClient: client.AuthorizationV1(),
		AllowCacheTTL:             time.Second,
		DenyCacheTTL:              time.Second,
		WebhookRetryBackoff:       &wait.Backoff{Duration: time.Second, Factor: 2, Steps: 2, Cap: 5 * time.Second},
	}.New()
	if err != nil {
		return nil, err
	}
	scheme := runtime.NewScheme()
	cminstall.Install(scheme)
	acmeinstall.Install(scheme)
	metainstall.Install(scheme)
	plugins := cmadmission.PluginChain{
		identity.NewPlugin(),
		approval.NewPlugin(authorizer, client.Discovery()),
		resourcevalidation.NewPlugin(),
	}
	mux := http.NewServeMux()
	mux.Handle("/validate", cmadmission.NewCustomValidationWebhook(scheme, plugins))
	mux.Handle("/mutate", cmadmission.NewCustomMutationWebhook(plugins))
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	return mux, nil
}

// Asks a repo-server for the manifests of an application's source, as Argo CD's controller does, through Argo CD's own client.
//
// Argument: the server's address. Standard input: a ManifestRequest in JSON. Standard output: {"manifests": [...]} or
// {"error": "..."}, the text that Argo CD shows as the application's condition.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"google.golang.org/grpc/status"

	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/util/tls"
)

type answer struct {
	Manifests  []string `json:"manifests"`
	SourceType string   `json:"sourceType,omitempty"`
	Error      string   `json:"error,omitempty"`
	Code       string   `json:"code,omitempty"`
}

// What the controller waits for by default (ARGOCD_APPLICATION_CONTROLLER_REPO_SERVER_TIMEOUT_SECONDS).
const patience = 60 * time.Second

func ask(address string, request *apiclient.ManifestRequest) (answer, error) {
	clients := apiclient.NewRepoServerClientset(address, int(patience.Seconds()), tls.Configuration{DisableTLS: true})
	connection, client, err := clients.NewRepoServerClient()
	if err != nil {
		return answer{}, err
	}
	defer connection.Close()
	response, err := client.GenerateManifest(context.Background(), request)
	if err != nil {
		said := status.Convert(err)
		return answer{Manifests: []string{}, Error: said.Message(), Code: said.Code().String()}, nil
	}
	return answer{Manifests: response.Manifests, SourceType: response.SourceType}, nil
}

func run() error {
	request := &apiclient.ManifestRequest{}
	if err := json.NewDecoder(os.Stdin).Decode(request); err != nil {
		return err
	}
	answered, err := ask(os.Args[1], request)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(answered)
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "argocd-ask:", err)
		os.Exit(1)
	}
}

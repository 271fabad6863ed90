// Argo CD's plugin server, which runs as the sidecar of a repo-server, as Argo CD starts it (cmd/main.go there).
package main

import (
	"os"

	"github.com/argoproj/argo-cd/v3/cmd/argocd-cmp-server/commands"
)

func main() {
	if commands.NewCommand().Execute() != nil {
		os.Exit(1)
	}
}

// Fetches an artifact as kustomize-controller does: by Flux's own fetcher, which holds it against its digest, and its own untar.
// Arguments: URL, digest, folder to unpack into.
package main

import (
	"fmt"
	"os"

	"github.com/fluxcd/pkg/http/fetch"
	"github.com/fluxcd/pkg/tar"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: fetch-artifact URL DIGEST FOLDER")
		os.Exit(2)
	}
	// As https://github.com/fluxcd/kustomize-controller sets it up, with few retries: the suite knows what is served.
	fetcher := fetch.New(
		fetch.WithRetries(2),
		fetch.WithMaxDownloadSize(tar.UnlimitedUntarSize),
		fetch.WithUntar(tar.WithMaxUntarSize(tar.UnlimitedUntarSize)),
	)
	if err := fetcher.Fetch(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Unpacks an artifact as kustomize-controller does (github.com/fluxcd/pkg/http/fetch, archive_fetcher.go): no symbolic links, no limit.
//
// Arguments: the archive, the folder to fill.
package main

import (
	"fmt"
	"os"

	"github.com/fluxcd/pkg/tar"
)

func unpack(file, folder string) error {
	archive, err := os.Open(file)
	if err != nil {
		return err
	}
	defer archive.Close()
	return tar.Untar(archive, folder, tar.WithMaxUntarSize(tar.UnlimitedUntarSize), tar.WithSkipSymlinks())
}

func main() {
	if err := unpack(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

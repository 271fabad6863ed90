// Packs a folder into the layer that `flux push artifact` pushes, without pushing it: the same client with the same paths left out
// (github.com/fluxcd/flux2, cmd/flux/push_artifact.go and build_artifact.go).
//
// Arguments: the folder, the file to write. Standard output: the digest of the file.
package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"strings"

	"github.com/fluxcd/pkg/oci"
	"github.com/fluxcd/pkg/sourceignore"
)

func pack(folder, file string) (string, error) {
	ignored := append(strings.Split(sourceignore.ExcludeVCS, ","), strings.Split(sourceignore.ExcludeExt, ",")...)
	if err := oci.NewClient(oci.DefaultOptions()).Build(file, folder, ignored); err != nil {
		return "", err
	}
	layer, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("sha256:%x", sha256.Sum256(layer)), nil
}

func main() {
	digest, err := pack(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(digest)
}

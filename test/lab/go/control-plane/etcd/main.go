// Gives etcd: the server behind kube-apiserver (https://etcd.io/docs/v3.6/op-guide/configuration/).
// A main of our own, because `go install` refuses etcd's replace lines.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() {
	etcdmain.Main(os.Args)
}

// Gives cert-manager's controllers and admission webhook in one process, all listeners on loopback.
// Its own commands are not published as modules, and its webhook listens on every interface; so this main
// starts the same controllers as its Deployment does for CA and self-signed issuers
// (https://cert-manager.io/docs/concepts/), and serves its validation and mutation at /validate and /mutate.
// The module's path lies below github.com/cert-manager/cert-manager because Go's internal rule asks for it.
package main

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/go-logr/logr"
	"golang.org/x/sync/errgroup"
	"k8s.io/klog/v2"
	ctrllog "sigs.k8s.io/controller-runtime/pkg/log"

	"github.com/cert-manager/cert-manager/pkg/controller"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
)

func main() {
	kubeconfig := flag.String("kubeconfig", "", "path of the kubeconfig")
	listen := flag.String("webhook-address", "127.0.0.1:10250", "address of the webhook, host:port")
	certificate := flag.String("tls-cert-file", "", "the webhook's certificate")
	key := flag.String("tls-private-key-file", "", "the webhook's key")
	namespace := flag.String("cluster-resource-namespace", "cert-manager", "where ClusterIssuers look for Secrets")
	flag.Parse()

	log := klog.NewKlogr()
	ctrllog.SetLogger(log)
	ctx, stop := signal.NotifyContext(logr.NewContext(logf.NewContext(context.Background(), log), log), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *kubeconfig, *namespace, *listen, *certificate, *key); err != nil {
		fmt.Fprintln(os.Stderr, "cert-manager:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, kubeconfig, namespace, listen, certificate, key string) error {
	handler, err := admission(kubeconfig)
	if err != nil {
		return fmt.Errorf("webhook: %w", err)
	}
	factory, err := controller.NewContextFactory(ctx, options(kubeconfig, namespace))
	if err != nil {
		return fmt.Errorf("controllers: %w", err)
	}
	group, ctx := errgroup.WithContext(ctx)
	server := &http.Server{Addr: listen, Handler: handler}
	group.Go(func() error {
		if err := server.ListenAndServeTLS(certificate, key); err != http.ErrServerClosed {
			return fmt.Errorf("webhook: %w", err)
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		return server.Close()
	})
	if err := startControllers(ctx, group, factory); err != nil {
		return err
	}
	return group.Wait()
}

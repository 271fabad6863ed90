// All parts of the lab, in order of value: what comes first proves most, and is there when time runs out.
import { fluxPart } from './flux.ts';
import { fluxConsumer } from './flux-consumer.ts';
import { goModule } from './go-module.ts';
import { buildOperatorPart, kubeRayDefinitions } from './kuberay.ts';
import { argoPackages, debianPackages } from './packages.ts';
import type { Part } from './part.ts';
import { preCommitPart } from './pre-commit.ts';
import { buildRayPart } from './ray.ts';

const controlPlane = goModule({
  name: 'control-plane',
  required: true,
  minutes: 12,
  holds: {
    Kubernetes: 'k8s.io/kubernetes',
    etcd: 'go.etcd.io/etcd/server/v3',
    'cert-manager': 'github.com/cert-manager/cert-manager',
    CoreDNS: 'github.com/coredns/coredns',
  },
  executables: ['kube-apiserver', 'kube-controller-manager', 'kubectl'],
  // kubectl warns about a server without a version.
  stamps: { 'k8s.io/component-base/version.gitVersion': 'k8s.io/kubernetes' },
  definitions: { module: 'github.com/cert-manager/cert-manager', folder: 'deploy/crds' },
});

const npGuard = goModule({
  name: 'np-guard',
  minutes: 5,
  holds: { "np-guard's netpol-analyzer": 'github.com/np-guard/netpol-analyzer' },
  executables: ['netpolicy'],
});

const kustomize = goModule({
  name: 'kustomize',
  minutes: 2,
  holds: { kustomize: 'sigs.k8s.io/kustomize/kustomize/v5' },
  executables: ['kustomize'],
});

const kubeconform = goModule({
  name: 'kubeconform',
  minutes: 1,
  holds: { kubeconform: 'github.com/yannh/kubeconform' },
  executables: ['kubeconform'],
});

const helm4 = goModule({ name: 'helm-4', minutes: 6, holds: { Helm: 'helm.sh/helm/v4' }, executables: ['helm'] });

const helm3 = goModule({ name: 'helm-3', minutes: 6, holds: { Helm: 'helm.sh/helm/v3' }, executables: ['helm'] });

// Its programs and those of the folder's own: a client of the repo-server, and Argo CD's comparison of Git and cluster.
const argoCD = goModule({
  name: 'argocd',
  minutes: 8,
  holds: { 'Argo CD': 'github.com/argoproj/argo-cd/v3' },
  executables: [],
  definitions: { module: 'github.com/argoproj/argo-cd/v3', folder: 'manifests/crds' },
});

export const parts: readonly Part[] = [
  controlPlane,
  debianPackages,
  kubeRayDefinitions,
  buildOperatorPart('1.6.2'),
  buildOperatorPart('1.3.2'),
  buildRayPart('2.60.0'),
  npGuard,
  kustomize,
  fluxPart,
  kubeconform,
  fluxConsumer,
  preCommitPart,
  helm4,
  helm3,
  argoCD,
  argoPackages,
  buildRayPart('2.46.0'),
  // The module proxy refused its zip in November 2026: tried each time, so that it is there as soon as it is served.
  buildOperatorPart('1.7.0'),
];

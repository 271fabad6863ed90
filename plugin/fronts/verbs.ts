// The verbs: what each takes, what help says of it, and the front that does it.
import { announceParameters } from './argocd/announce-parameters.ts';
import { generate } from './argocd/generate.ts';
import type { Arguments } from './arguments.ts';
import { expandInput } from './expand.ts';
import { startFluxController } from './flux-controller/start.ts';
import type { Io, Outcome } from './io.ts';
import { runFunction } from './krm/function.ts';
import { render } from './render.ts';
import { showSettings } from './show-settings.ts';
import { validateInput } from './validate.ts';

export interface Verb {
  /** What follows the verb, for help. */
  readonly synopsis: string;
  /** One line for the list of verbs. */
  readonly summary: string;
  readonly description: string;
  /** `optional`: without one the verb has something to do all the same; `folders`: it reads one folder and writes another. */
  readonly takesPaths: boolean | 'optional' | 'folders';
  /** Whether it takes the settings of sources. */
  readonly rendersSources?: boolean;
  /** A command that works as it stands. */
  readonly example: string;
  readonly run: (args: Arguments, io: Io, version: string) => Promise<Outcome>;
}

const manifest = `apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: demo, namespace: ml}
spec:
  networkIsolation: {mode: denyAllIngress}
  headGroupSpec:
    rayStartParams: {}
    template: {spec: {containers: [{name: ray-head, image: 'rayproject/ray:2.46.0'}]}}`;

export const verbs: Readonly<Record<string, Verb>> = {
  expand: {
    synopsis: 'expand [PATH...|-] [--out DIR | --check] [settings]',
    summary: 'expand Ray manifests from files, folders or standard input',
    description: `Reads files, folders (*.yaml, *.yml and *.json in them and below) or standard input (-), and prints one YAML
stream: every Ray object with networkIsolation or tlsOptions is replaced by plain manifests, every other document is
left as it is. With --out, one file per file of the input is written into DIR under the same name. With --check nothing is
printed but what is wrong.`,
    takesPaths: true,
    example: `rayshield expand - --operator-namespace kuberay-operator <<'END'\n${manifest}\nEND`,
    run: expandInput,
  },
  validate: {
    synopsis: 'validate [PATH...|-] [--format FORMAT] [--strict] [--each-path] [--all-kinds] [--expanded] [settings]',
    summary: 'check Ray manifests, with these fields or without, and print a report',
    description: `Reads files, folders or standard input as expand does, and prints what is wrong with them instead of manifests: every Ray
object is held against the schema of the KubeRay version, and one with networkIsolation or tlsOptions against everything
that expand would say. Other documents need only be well-formed, unless --all-kinds asks for more. All paths are one
input, unless --each-path makes an input of each. With --expanded the input is what comes out of a pipeline, as kubectl
apply would get it, and what is wrong is that rayshield did not run in it, or that not all of its output has come through.
The exit code is 0 where nothing is wrong, and 1 where there are errors.`,
    takesPaths: true,
    example: `rayshield validate - --kuberay-version 1.6 <<'END'\n${manifest}\nEND`,
    run: validateInput,
  },
  generate: {
    synopsis: 'generate [settings]',
    summary: 'what Argo CD runs in the folder of an application',
    description: `Renders the working directory, plain manifests, a kustomization or a Helm chart, and expands what comes out, as a config
management plugin of Argo CD: settings come from rayshield.yaml in it, RAYSHIELD_* and ARGOCD_ENV_RAYSHIELD_* variables
and the application's parameters. It is an error if nothing is rendered.`,
    takesPaths: false,
    rendersSources: true,
    example: `mkdir -p demo && cat > demo/cluster.yaml <<'END' && (cd demo && rayshield generate)\n${manifest}\nEND`,
    run: generate,
  },
  render: {
    synopsis: 'render SOURCE --out DIR [--split] [--check] [settings]',
    summary: 'render a folder, kustomization or chart into a folder of plain manifests',
    description: `Renders the folder SOURCE, plain manifests, a kustomization or a Helm chart, expands what comes out, and writes it into DIR:
one file per object and a kustomization.yaml that lists them. DIR is replaced as a whole, so it must hold nothing else. The
same input gives the same bytes and modes. With --split there is a folder each for policies, other objects, certificates and
Ray objects, and flux.yaml with the Flux Kustomizations that apply them in this order. With --check nothing is
written: where DIR is not what would be written the difference is printed, and the exit code is 1.`,
    takesPaths: 'folders',
    rendersSources: true,
    example: `mkdir -p demo && cat > demo/cluster.yaml <<'END' && rayshield render demo --out rendered\n${manifest}\nEND`,
    run: render,
  },
  parameters: {
    synopsis: 'parameters [settings]',
    summary: 'what the parameters form of Argo CD shows, as JSON',
    description: `Prints the parameters of the application in the working directory, for the dynamic announcement of a config management
plugin: those of its kind of source, and with them what was found. It never fails: where nothing can be found out, all
parameters are printed as plugin.yaml has them.`,
    takesPaths: false,
    rendersSources: true,
    example: `mkdir -p demo && cat > demo/cluster.yaml <<'END' && (cd demo && rayshield parameters)\n${manifest}\nEND`,
    run: announceParameters,
  },
  krm: {
    synopsis: 'krm [--check] [settings]',
    summary: 'a KRM function of kustomize and kpt: a ResourceList in and out',
    description: `Reads a ResourceList on standard input and prints it with its items expanded; settings come from its functionConfig, of kind
RayShield or ConfigMap. With --check, or the annotation rayshield.io/check: "true" of the functionConfig, items stay as they
are and are only checked, as validate does. Whatever is wrong is in results and on standard error; with an error there are no
items. Where a ResourceList comes by a pipe, the verb need not be named.`,
    takesPaths: false,
    example: `rayshield krm --operator-namespace kuberay-operator <<'END'
apiVersion: config.kubernetes.io/v1
kind: ResourceList
items:
${manifest.replace(/^/gm, '  ').replace('  ', '- ')}
END`,
    run: runFunction,
  },
  settings: {
    synopsis: 'settings [PATH...] [--format text|json] [settings]',
    summary: 'print every setting, its value, and who gave it',
    description: `Prints the settings that expand and validate would have with the same paths and flags: the value of each, the layer that it
comes from with file and line or variable, and whether the platform file locks it; then what the platform file asks for
beside settings. Without a path the settings file is that of the working directory. Where ARGOCD_APP_NAME is set, as
Argo CD does, the application's variables and parameters count as for generate.`,
    takesPaths: 'optional',
    rendersSources: true,
    example: 'RAYSHIELD_OPERATOR_NAMESPACE=kuberay-operator rayshield settings --dns kube-dns',
    run: showSettings,
  },
  'flux-controller': {
    synopsis:
      'flux-controller [--storage-path DIR] [--storage-address HOST:PORT] [--watch-namespace NAMESPACE] [settings]',
    summary: 'expand sources of Flux in the cluster, without CI',
    description: `Watches objects of kind ExpandedSource, each of which names a source of Flux, renders and expands what that source holds,
and publishes it as an ExternalArtifact of the same name, which Kustomizations then use as their source. It runs until it
is ended by SIGTERM or SIGINT, logs JSON lines on standard error, and needs KUBECONFIG or a service account. Settings hold
for all sources. deploy/flux/controller has its manifests, docs/flux-controller.md tells the rest.`,
    takesPaths: false,
    rendersSources: true,
    example: 'rayshield flux-controller --storage-path /data --watch-namespace ml',
    run: startFluxController,
  },
};

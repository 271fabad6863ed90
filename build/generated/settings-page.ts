// docs/settings.md: every setting, its spellings, and how the layers go over each other.
import { printTable } from './settings-text.ts';

export const settingsPage =
  (): string => `<!-- Made from plugin/settings/table.ts; rewrite with: UPDATE=1 npx vitest run test/generated.test.ts -->

# Settings

Each setting has one name. In files and as an Argo CD parameter it is written as it is (\`clusterDomain\`), as a flag with
dashes (\`--cluster-domain\`), in the environment in capitals (\`RAYSHIELD_CLUSTER_DOMAIN\`; an application's own \`plugin.env\`
reaches rayshield as \`ARGOCD_ENV_RAYSHIELD_CLUSTER_DOMAIN\`). A list is written with commas, or in a file as a list; the flag
of a list may be repeated. An empty variable or parameter sets nothing.

${printTable()}
## Layers

Later ones win:

1. the defaults;
2. the platform file ([platform.md](platform.md)), which the variable \`RAYSHIELD_PLATFORM\` of the runner's or sidecar's own environment names, in Argo CD by its absolute path;
3. \`rayshield.yaml\` in the folder that is expanded, beside the file that is, or in the working directory for standard input; in its place the
   functionConfig of a KRM function ([kustomize.md](kustomize.md));
4. the environment; in Argo CD from below: the destination's namespace, version and API versions as Argo CD tells them, the sidecar's
   \`RAYSHIELD_*\`, the application's \`ARGOCD_ENV_RAYSHIELD_*\`;
5. the application's parameters (Argo CD);
6. flags.

Unknown names are refused, in every layer. \`rayshield settings [PATH...]\` prints every setting with its value, the layer that it comes
from with file and line or variable, and whether the platform file locks it; with \`--format json\` for programs. Where
\`ARGOCD_APP_NAME\` is set, as Argo CD sets it, it reads what \`generate\` reads.

\`RAYSHIELD_REPORT\` in the environment is no setting: it names a file that gets what a run has to say, for callers that keep
standard error for themselves, as Helm 4 does ([helm.md](helm.md)). Each run replaces it, with an empty file where there is nothing to say.

## The file

\`\`\`yaml
apiVersion: rayshield.io/v1alpha1
kind: RayShield
metadata:
  name: rayshield
spec:
  settings:
    operatorNamespace: kuberay-operator
    dns: [kube-dns, node-local-dns]
    apiServer: ["10.0.0.1:6443"]
    issuerRef: {kind: ClusterIssuer, name: ray-ca}
\`\`\`

The platform file is the same document with more keys, which no other file may have: [platform.md](platform.md).

\`schemas/rayshield.io/rayshield_v1alpha1.json\` is its JSON schema, for editors.

## Forms

- \`dns\`: a preset (\`any\` is the union of the others); \`ADDRESS\` or \`CIDR\`, with \`:PORT\` where it is not 53 and an IPv6 address
  then in brackets; or pods as \`NAMESPACE/LABEL=VALUE\`, more labels with \`&\`, \`:PORT\` where it is not 53.
- \`apiServer\`: \`ADDRESS:PORT\` or \`CIDR:PORT\`, IPv6 in brackets; \`kubectl get endpointslices -l kubernetes.io/service-name=kubernetes\`
  shows them. The word \`off\` alone says that a rule of the manifest opens the way, or that none is wanted.
- \`issuerRef\`: \`NAME\`, \`KIND/NAME\` or \`KIND.GROUP/NAME\`; the kind is \`Issuer\` and the group \`cert-manager.io\` where not given. In a
  file also a map of \`name\`, \`kind\` and \`group\`.
- Durations are Go's: \`8760h\`, \`1h30m\`; there is no unit for days.
`;

// schemas/SOURCES.md: what the committed schemas were made from, and how to make them again.
import type { FileGroup } from './arguments.ts';

const upstreams: Readonly<Record<FileGroup['product'], { name: string; repository: string; path: string }>> = {
  kuberay: {
    name: 'KubeRay',
    repository: 'https://github.com/ray-project/kuberay',
    path: 'ray-operator/config/crd/bases/ray.io_*.yaml',
  },
  'cert-manager': {
    name: 'cert-manager',
    repository: 'https://github.com/cert-manager/cert-manager',
    path: 'deploy/crds/cert-manager.io_{certificates,clusterissuers,issuers}.yaml',
  },
  kubernetes: {
    name: 'Kubernetes',
    repository: 'https://github.com/cdk8s-team/cdk8s',
    path: 'kubernetes-schemas/v*/_definitions.json',
  },
};

/** `1.7.0` -> `1.7`: a minor release has one folder. */
const minorOf = (version: string): string => version.split('.').slice(0, 2).join('.');

/** The folder of a group's schemas. */
export const folderOf = ({ product, version }: Pick<FileGroup, 'product' | 'version'>): string =>
  product === 'kuberay' ? `kuberay-${minorOf(version)}` : product;

/** A product's name with the version, for titles. */
export const titleOf = ({ product, version }: Pick<FileGroup, 'product' | 'version'>): string =>
  `${upstreams[product].name} ${minorOf(version)}`;

/** The text of SOURCES.md. */
export function printSources(groups: readonly FileGroup[]): string {
  const rows = groups
    .map((group) => {
      const { name, repository, path } = upstreams[group.product];
      return `| \`${folderOf(group)}/\` | ${name} ${group.version} | ${repository} | \`${path}\` |`;
    })
    .sort();
  return `# Where these schemas come from

Made by \`npm run schemas\` (\`schemas/make.ts\`) from the files named here, all under the Apache License 2.0: their structure,
without descriptions and defaults. A RayCluster spec also has rayshield's own fields, and a NetworkPolicy what the API
server checks in code. Do not edit the files by hand.

| folder | release | repository | files |
|---|---|---|---|
${rows.join('\n')}

Each file is \`<group>/<kind>_<version>.json\` in lower case; the group of Kubernetes' core kinds is \`v1\`, as kubeconform
has it:

    kubeconform -strict -schema-location 'schemas/kuberay-1.7/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json' \\
      -schema-location 'schemas/cert-manager/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json' \\
      -schema-location 'schemas/kubernetes/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json' FILE

To make them again, name all files at once:

    npm run schemas -- --help
`;
}

// All schema files of one run of the generator, as text by path: what make.ts writes and the tests compare.

import { simpleNames } from './def-names.ts';
import type { Definitions } from './definition.ts';
import { resolveDefinition } from './definitions.ts';
import { buildDocument, documentPath, type KindName } from './document.ts';
import { printJSON } from './print.ts';
import type { Schema, StructuralSchema } from './schema.ts';
import { addSecurityFields, type RuleSchemas } from './security-fields.ts';
import { shareDefinitions } from './share.ts';
import { buildStrict } from './structural.ts';

/** The parts of a CustomResourceDefinition (apiextensions.k8s.io/v1) that are read. */
export interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: StructuralSchema };
    }[];
  };
}

/** The CRDs of one release of one product. */
export interface CRDGroup {
  /** The folder of its schemas: `kuberay-1.7`, `cert-manager`. */
  readonly folder: string;
  /** For titles: `KubeRay 1.7`. */
  readonly product: string;
  readonly crds: readonly CustomResourceDefinition[];
}

/** Kubernetes' definitions of one release, which every other schema takes metadata and rules from. */
export interface KubernetesGroup {
  readonly product: string;
  readonly definitions: Definitions;
}

const kubernetesKinds = [
  { name: 'io.k8s.api.networking.v1.NetworkPolicy', apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { name: 'io.k8s.api.core.v1.Service', apiVersion: 'v1', kind: 'Service' },
];

/** The text of every schema file, by path under the schema folder. */
export function makeSchemaFiles(kubernetes: KubernetesGroup, groups: readonly CRDGroup[]): ReadonlyMap<string, string> {
  const names = new Map(simpleNames);
  const strict = (name: string): Schema =>
    buildStrict(resolveDefinition(kubernetes.definitions, name, (short, schema) => nameContent(names, short, schema)));
  const metadata = strict('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta');
  const rules: RuleSchemas = {
    ingressRule: strict('io.k8s.api.networking.v1.NetworkPolicyIngressRule'),
    egressRule: strict('io.k8s.api.networking.v1.NetworkPolicyEgressRule'),
    peer: strict('io.k8s.api.networking.v1.NetworkPolicyPeer'),
  };
  const files = new Map<string, string>();
  const write = (folder: string, kind: KindName, fields: Schema): void => {
    const document = buildDocument(kind, fields, metadata);
    files.set(`${folder}/${documentPath(kind)}`, printJSON(shareDefinitions(document, names)));
  };
  for (const { name, apiVersion, kind } of kubernetesKinds) {
    write('kubernetes', { apiVersion, kind, product: kubernetes.product }, strict(name));
  }
  for (const { folder, product, crds } of groups) {
    for (const { apiVersion, kind, schema } of crds.flatMap(servedVersions)) {
      write(folder, { apiVersion, kind, product }, addSecurityFields(buildStrict(schema), rules));
    }
  }
  return files;
}

/** What a CRD says of each version that it serves. */
export function servedVersions({
  spec,
}: CustomResourceDefinition): { apiVersion: string; kind: string; schema: StructuralSchema }[] {
  return spec.versions
    .filter(({ served }) => served)
    .map(({ name, schema }) => ({
      apiVersion: `${spec.group}/${name}`,
      kind: spec.names.kind,
      schema: schema.openAPIV3Schema,
    }));
}

// A schema that equals a definition gets the definition's name, wherever it comes from.
function nameContent(names: Map<string, string>, shortName: string, schema: StructuralSchema): void {
  const content = JSON.stringify(buildStrict(schema));
  if (!names.has(content)) names.set(content, shortName.charAt(0).toLowerCase() + shortName.slice(1));
}

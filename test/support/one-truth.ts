// Inputs for the matrix of fronts: whatever calls rayshield, the same manifests become the same objects. All of them are cases of
// fixtures/expand in one YAML file, without Lists, which kustomize takes apart, and hooks, which Helm 3 keeps to itself.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { fixtures } from './case.ts';

const names = [
  'autoscaler-has-the-api-server',
  'certificates-have-their-own-lifetime',
  'clients-have-certificates',
  'cloud-account-with-a-way-out',
  'cluster-domain-is-not-the-usual',
  'cron-job-has-a-submitter-template',
  'dns-is-that-of-openshift',
  'egress-alone-is-closed',
  'generation-is-raised',
  'head-service-has-a-fixed-name',
  'isolation-is-an-empty-map',
  'issuer-is-named-by-the-settings',
  'monitoring-reads-the-metrics',
  'other-documents-stand-around',
  'owners-of-each-kind-share-a-name',
  'redis-is-a-service-of-the-namespace',
  'rayjob-has-its-own-authority',
  'rayservice-is-isolated-with-mutual-tls',
  'secrets-are-the-users-own',
  'tls-is-retiring',
] as const;

export interface TruthCase {
  readonly name: string;
  readonly text: string;
  /** What the environment of every caller says. */
  readonly env: Readonly<Record<string, string>>;
}

export const truthCases: readonly TruthCase[] = names.map((name) => {
  const folder = join(fixtures, 'expand', name);
  const settings = join(folder, 'settings.yaml');
  const text = readFileSync(join(folder, 'input.yaml'), 'utf8');
  return { name, text, env: existsSync(settings) ? { RAYSHIELD_PLATFORM: settings } : {} };
});

export interface PlainObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** The objects of a stream, as Kubernetes reads them. */
export const readObjects = (stream: string): PlainObject[] =>
  parseAllDocuments(stream, { version: '1.1' })
    .map((document) => document.toJS() as PlainObject | null)
    .filter((object) => object !== null);

const keyOf = ({ apiVersion, kind, metadata }: PlainObject): string =>
  [apiVersion, kind, metadata.namespace, metadata.name].join(' ');

/** The same whatever order a caller sorts objects into. */
export const sorted = (objects: readonly PlainObject[]): PlainObject[] =>
  [...objects].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

// The Ray objects that KubeRay is given, as a user writes them (owners/*.yaml), and what rayshield makes of them together.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rayKinds } from '../../../plugin/ray/kinds.ts';
import type { RayKind } from '../../../plugin/ray/spec.ts';
import type { KubeRayMinor } from '../policies/synthetic-pods.ts';

/** An owner with a cluster of its own. */
export interface RayOwner {
  readonly file: string;
  readonly kind: RayKind;
  readonly name: string;
  /** What it has in ray.io/group: the names of its worker groups. */
  readonly groups: readonly string[];
  readonly headPort: number;
  /** The head's Service where the user has named it. */
  readonly headService?: string;
  /** One more of a kind, whose name is as long as may be. */
  readonly isLong: boolean;
}

export const namespace = 'ml';

const usual = { groups: ['small'], headPort: 6379, isLong: false } as const;

const named: readonly RayOwner[] = [
  { ...usual, file: 'demo', kind: 'RayCluster', name: 'demo', groups: ['small', 'gpu'] },
  { ...usual, file: 'custom', kind: 'RayCluster', name: 'custom', headPort: 6380, headService: 'custom-ray' },
  { ...usual, file: 'train', kind: 'RayJob', name: 'train' },
  { ...usual, file: 'speech', kind: 'RayService', name: 'speech' },
  { ...usual, file: 'nightly', kind: 'RayCronJob', name: 'nightly' },
];

/** A name that fills its limit, and ends in a letter that a clipped name would lack. */
function longName(kind: RayKind, minor: KubeRayMinor): string {
  const { nameLimit, clippedNameLimit } = rayKinds[kind];
  const length = minor === '1.3' ? clippedNameLimit : nameLimit;
  return `${kind.toLowerCase()}-`.padEnd(length - 1, 'long-').concat('z');
}

const long = (minor: KubeRayMinor): RayOwner[] =>
  [{ ...usual, file: 'plain', kind: 'RayCluster' as const }, ...named.filter(({ kind }) => kind !== 'RayCluster')].map(
    (owner) => ({ ...owner, isLong: true, name: longName(owner.kind, minor) }),
  );

/** Who of them a KubeRay version knows. */
export const ownersOf = (minor: KubeRayMinor): RayOwner[] =>
  [...named, ...long(minor)].filter(({ kind }) => Number.parseFloat(rayKinds[kind].since) <= Number.parseFloat(minor));

/** The owner whose RayJob runs on the cluster `demo`. */
export const visitor = { file: 'visit', name: 'visit' } as const;

const read = (file: string): string => readFileSync(join(import.meta.dirname, 'owners', `${file}.yaml`), 'utf8');

/** What the user writes: a long name stands in the place of the short one. */
const readOwner = ({ file, name }: RayOwner): string =>
  read(file).replace(
    `
  name: ${file}
`,
    `
  name: ${name}
`,
  );

/** What a user would expand: one stream with all of them. */
export const writeInput = (minor: KubeRayMinor): string =>
  [...ownersOf(minor).map(readOwner), read(visitor.file)].join('---\n');

/** Some of them, by their short names. */
export const writeOwners = (...names: readonly string[]): string => names.map(read).join('---\n');

/** Where the API server is said to be; nothing dials it. */
export const apiServer = { address: '10.96.0.1', port: 6443 } as const;

/** The settings of the platform. */
export const flagsFor = (minor: KubeRayMinor): Record<string, string> => ({
  'operator-namespace': 'kuberay-system',
  'kuberay-version': minor,
  'api-server': `${apiServer.address}:${apiServer.port}`,
});

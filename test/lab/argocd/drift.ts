// Argo CD's judgement of what a cluster holds, by its own code (../go/argocd/argocd-diff): whether an object is Synced, and
// where it is not.
import { execa } from 'execa';
import { findDifferences, printPath } from '../cases/difference.ts';
import { nameOf } from '../cases/printed.ts';
import type { KubernetesObject } from '../cluster/api.ts';
import { pathOfBinary } from '../parts/binary.ts';

export interface Pair {
  /** What Git says. */
  readonly target: KubernetesObject;
  /** What the cluster has. */
  readonly live: KubernetesObject;
}

export interface Comparing {
  /** The data of argocd-cm. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The kubeconfig of the cluster, where the application syncs with ServerSideApply=true. */
  readonly serverSideApply?: string;
}

interface Comparison {
  readonly outOfSync: boolean;
  readonly live: unknown;
  readonly predicted: unknown;
}

/** `Kind path`, list indexes left out. */
const printField = ({ kind }: KubernetesObject, path: readonly (string | number)[]): string =>
  `${kind} ${printPath(path).replace(/\[\d+\]/g, '[]')}`;

/** An object that Argo CD finds out of sync, with what a sync would change. */
export interface Drift {
  readonly name: string;
  readonly fields: readonly string[];
}

const describe = ({ target }: Pair, { live, predicted }: Comparison): Drift => {
  const changed = [
    ...findDifferences(predicted, live).map(
      ({ path, sent, stored }) => `${printField(target, path)}: ${JSON.stringify(stored)} to ${JSON.stringify(sent)}`,
    ),
    ...findDifferences(live, predicted)
      .filter(({ stored }) => stored === undefined)
      .map(({ path, sent }) => `${printField(target, path)}: ${JSON.stringify(sent)} to nothing`),
  ];
  return { name: nameOf(target), fields: [...new Set(changed)].sort() };
};

/** The objects that are out of sync. */
export async function findDrift(
  pairs: readonly Pair[],
  { settings = {}, serverSideApply = '' }: Comparing = {},
): Promise<Drift[]> {
  const { stdout } = await execa(pathOfBinary('argocd', 'argocd-diff'), {
    input: JSON.stringify({ settings, serverSideApply, ignoreDifferences: [], pairs }),
    maxBuffer: 1024 * 1024 * 1024,
  });
  const comparisons = JSON.parse(stdout) as Comparison[];
  return pairs.flatMap((pair, index) => {
    const comparison = comparisons[index];
    return comparison?.outOfSync === true ? [describe(pair, comparison)] : [];
  });
}

/** The object as a repo-server gives it for an application, with the annotation by which Argo CD knows it again. */
export const track = (object: KubernetesObject): KubernetesObject => {
  const group = object.apiVersion.includes('/') ? object.apiVersion.split('/')[0] : '';
  const { name, namespace = '', annotations } = object.metadata;
  const tracking = `demo:${group}/${object.kind}:${namespace}/${name}`;
  return {
    ...object,
    metadata: { ...object.metadata, annotations: { ...annotations, 'argocd.argoproj.io/tracking-id': tracking } },
  };
};

// The words of findings about security fields that would be lost: misplaced, misspelt, nested, doubled or empty.
import { error, info } from '../words.ts';

type None = Record<string, never>;

/** Why a Ray object that carries our fields is not expanded. */
interface Unsupported {
  readonly field: string;
  readonly lacks: 'version' | 'kind' | 'metadata';
  /** The version or kind that is given; empty where none is. */
  readonly found?: string;
  readonly kinds: readonly string[];
  readonly nearest?: string;
  /** A key of the object that is nearly `kind` or `metadata`, where that is lacking. */
  readonly stray?: string;
}

/** A word and what it was nearly. */
export interface Slip {
  readonly found: string;
  readonly meant: string;
}

function sayUnsupported({ lacks, found = '' }: Unsupported): string {
  if (lacks === 'metadata') return 'without metadata this is no Kubernetes object';
  if (lacks === 'version') return `rayshield does not know the version ${found}`;
  return found === '' ? 'this Ray object has no kind' : `rayshield does not expand the kind ${found}`;
}

function mendUnsupported({ lacks, kinds, nearest, stray }: Unsupported): string {
  if (stray !== undefined) return `write ${lacks} in place of ${stray}`;
  if (lacks === 'metadata') return 'give it metadata with a name';
  if (lacks === 'version') return 'write apiVersion: ray.io/v1';
  return `write kind: ${nearest ?? `${kinds.slice(0, -1).join(', ')} or ${kinds.at(-1)}`}`;
}

export const fieldWords = {
  FIELD_MISPLACED: error((f: { field: string; belongs: string; above?: Slip }) => [
    `${f.field} has no effect here, so the cluster would start without it`,
    f.above === undefined
      ? `it belongs under ${f.belongs}: move it there`
      : `write ${f.above.meant} in place of ${f.above.found} above it`,
  ]),
  FIELD_MISSPELT: error((f: { field: string; meant: string }) => [
    `${f.field} is no field of KubeRay or rayshield and would be dropped without a word`,
    `write it as ${f.meant}, or remove it`,
  ]),
  FIELD_FORMER_SPELLING: error((f: { field: string; meant: string }) => [
    `${f.field} is a former spelling that nothing obeys any more`,
    `write ${f.meant} instead, where {} turns TLS on, or remove it`,
  ]),
  FIELD_NESTED: error((f: { field: string; object: string }) => [
    `${f.field} stands in a Ray object nested at ${f.object}, which rayshield does not expand`,
    'make the Ray object a document of its own, or remove the field',
  ]),
  FIELD_UNSUPPORTED_KIND: error((f: Unsupported) => [
    `${f.field} would be lost: ${sayUnsupported(f)}`,
    `${mendUnsupported(f)}, or remove the field`,
  ]),
  FIELD_BESIDE_CLUSTER_SELECTOR: error((f: { field: string }) => [
    `${f.field} has no effect beside clusterSelector: the job runs on a cluster that exists already`,
    'set it on that RayCluster, or remove clusterSelector',
  ]),
  FIELD_NULL: error((f: { field: string }) => [
    `${f.field} is null, which could mean on or off`,
    `write ${f.field}: {} for the defaults, or remove the line`,
  ]),
  FIELD_EMPTY: error((f: { name: string | undefined }) => [
    `${f.name ?? 'this item'} has no value (null), and without it a rule or an option could mean more than was meant`,
    'give it a value, or remove the line',
  ]),
  FIELD_LEFT_EMPTY: info((f: { name: string }) => [
    `${f.name} has no value (null), so it counts as not given`,
    'give it a value, indented more than its name where it is a map or list, or remove the line',
  ]),
  ISOLATION_TWICE: error((_: None) => [
    'networkIsolation and networkPolicy are both given, and they are the same field',
    'keep one of them',
  ]),
  KIND_NOT_SERVED: error((f: { kind: string; apiVersion: string; kuberayVersion: string; since: string }) => [
    `KubeRay ${f.kuberayVersion} has no ${f.kind} in ${f.apiVersion}`,
    f.apiVersion === 'ray.io/v1'
      ? `set kuberayVersion to the version that runs in the cluster (${f.kind} is there from ${f.since} on)`
      : 'write apiVersion: ray.io/v1',
  ]),
  KIND_NOT_INSTALLED: error((f: { kind: string; apiVersion: string; since: string }) => [
    `the cluster's API list (kubeApiVersions) has kinds of ray.io, and no ${f.kind} in ${f.apiVersion}`,
    f.apiVersion === 'ray.io/v1'
      ? `install its CustomResourceDefinition: KubeRay has ${f.kind} from ${f.since} on`
      : 'write apiVersion: ray.io/v1',
  ]),
  ACCEPT_UNKNOWN: error((f: { name?: string; nearest?: string }) => [
    `the annotation rayshield.io/accept holds ${f.name ?? 'a text'}, which is no finding code`,
    f.nearest === undefined
      ? 'name codes that docs/findings.md calls acceptable, separated by commas'
      : `did you mean ${f.nearest}?`,
  ]),
  ACCEPT_REFUSED: error((f: { name: string }) => [
    `the annotation rayshield.io/accept names ${f.name}, which cannot be accepted`,
    'mend what it reports, and take it out of the annotation',
  ]),
};

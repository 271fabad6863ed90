// The words of findings about security fields that would be lost: misplaced, misspelt, nested, doubled or empty.
import { error } from '../words.ts';

type None = Record<string, never>;

const list = (names: readonly string[]): string => names.join(', ');

export const fieldWords = {
  FIELD_MISPLACED: error((f: { field: string; belongs: string }) => [
    `${f.field} has no effect here, so the cluster would start without it`,
    `move it to ${f.belongs}`,
  ]),
  FIELD_MISSPELT: error((f: { field: string; meant: string }) => [
    `${f.field} is no field of KubeRay or rayshield and would be dropped without a word`,
    `write ${f.meant}, or remove it`,
  ]),
  FIELD_FORMER_SPELLING: error((f: { field: string }) => [
    `${f.field} is a former spelling that nothing obeys any more`,
    'write tlsOptions: {} at the RayCluster spec instead',
  ]),
  FIELD_NESTED: error((f: { field: string; object: string }) => [
    `${f.field} stands in a Ray object nested at ${f.object}, which rayshield does not expand`,
    'make the Ray object a document of its own, or remove the field',
  ]),
  FIELD_UNSUPPORTED_KIND: error((f: { field: string; kinds: readonly string[]; versions: readonly string[] }) => [
    `${f.field} is not expanded in this kind or version`,
    `use ${list(f.kinds)} of ${list(f.versions)} with metadata, or remove the field`,
  ]),
  FIELD_BESIDE_CLUSTER_SELECTOR: error((f: { field: string }) => [
    `${f.field} has no effect beside clusterSelector: the job runs on a cluster that exists already`,
    'set it on that RayCluster, or remove clusterSelector',
  ]),
  FIELD_NULL: error((f: { field: string }) => [
    `${f.field} is null, which could mean on or off`,
    `write ${f.field}: {} for the defaults, or remove the line`,
  ]),
  ISOLATION_TWICE: error((_: None) => [
    'networkIsolation and networkPolicy are both given, and they are the same field',
    'keep one of them',
  ]),
  KIND_NOT_SERVED: error((f: { kind: string; apiVersion: string; kuberayVersion: string; since: string }) => [
    `KubeRay ${f.kuberayVersion} has no ${f.kind} in ${f.apiVersion}`,
    `set kuberayVersion to the version that runs in the cluster (${f.kind} is there from ${f.since} on)`,
  ]),
  ACCEPT_UNKNOWN: error((f: { name: string; reason: string }) => [
    `the annotation rayshield.io/accept names ${f.name}, which ${f.reason}`,
    'name codes of warnings or of acceptable errors, separated by commas (docs/findings.md)',
  ]),
};

// The rules that KubeRay's CRDs declare in CEL (x-kubernetes-validations, KubeRay 1.3 to 1.7), which JSON schemas cannot say:
// - managedBy is ray.io/kuberay-operator or kueue.x-k8s.io/multikueue (every spec that has it);
// - RayJob.deletionPolicy is one of four (1.3, 1.4; later schemas have no such field);
// - RayJob.deletionStrategy has either deletionRules, or onSuccess and onFailure both (1.5 on);
// - the condition of a deletion rule has one of jobStatus and jobDeploymentStatus (1.6 on; before, its schema asks for jobStatus).
// Rules about a former state (managedBy and gcsFaultToleranceOptions.backend are immutable) cannot be judged from a manifest.
// cert-manager's are in issuer-rules.ts; ray.io/v1alpha1 declares none. schemas/declared-rules.json lists all of them as the CRDs have
// them, and the tests hold what is written here to it, by an interpreter of CEL. At run time there is none: it would be larger
// than all of this, and could not say which name is meant.
import type { FieldPath, Report } from '../findings/finding.ts';
import { findNearest } from '../findings/nearest.ts';
import { valueAt } from '../manifests/edit.ts';
import type { KubernetesObject } from '../manifests/manifest.ts';
import { rayKinds } from '../ray/kinds.ts';
import type { RayKind } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';

/** The controllers that KubeRay's CRDs know. */
export const knownControllers = ['ray.io/kuberay-operator', 'kueue.x-k8s.io/multikueue'];

const deletionPolicies = ['DeleteCluster', 'DeleteWorkers', 'DeleteSelf', 'DeleteNone'];

/** Reports what the API server would refuse of a Ray object that fits its schema, with our fields or without. */
export function checkDeclaredRules(
  { body, kind }: { readonly body: KubernetesObject; readonly kind: RayKind },
  { kuberayVersion }: Pick<Settings, 'kuberayVersion'>,
  report: Report,
): void {
  if (body.apiVersion !== 'ray.io/v1') return;
  const { specPath } = rayKinds[kind];
  const job = specPath.slice(0, -1);
  const holders = kind === 'RayCluster' ? [specPath] : [job, specPath];
  for (const holder of holders) checkOneOf(body, [...holder, 'managedBy'], knownControllers, report);
  if (kind !== 'RayJob' && kind !== 'RayCronJob') return;
  // Of a field that a version does not have its schema says so.
  if (kuberayVersion === '1.3' || kuberayVersion === '1.4') {
    checkOneOf(body, [...job, 'deletionPolicy'], deletionPolicies, report);
  } else checkDeletion(body, [...job, 'deletionStrategy'], report);
}

function checkOneOf(body: KubernetesObject, path: FieldPath, allowed: readonly string[], report: Report): void {
  const value = valueAt(body, path);
  if (typeof value !== 'string' || allowed.includes(value)) return;
  const nearest = findNearest(value, allowed);
  report('SCHEMA_NOT_ALLOWED', path, { allowed, ...(nearest === undefined ? {} : { given: value, nearest }) });
}

function checkDeletion(body: KubernetesObject, path: FieldPath, report: Report): void {
  const strategy = valueAt(body, path);
  if (strategy === undefined) return;
  const has = (field: string): boolean => valueAt(strategy, [field]) !== undefined;
  if (!has('deletionRules')) {
    if (!has('onSuccess') || !has('onFailure')) report('DELETION_STRATEGY', path, { problem: 'incomplete' }, 'key');
    return;
  }
  if (has('onSuccess') || has('onFailure')) report('DELETION_STRATEGY', path, { problem: 'both-forms' }, 'key');
  const rules = valueAt(strategy, ['deletionRules']);
  for (const [index, rule] of (Array.isArray(rules) ? rules : []).entries()) {
    const given = ['jobStatus', 'jobDeploymentStatus'].filter(
      (field) => valueAt(rule, ['condition', field]) !== undefined,
    );
    if (given.length === 1) continue;
    const problem = given.length === 0 ? 'no-status' : 'both-statuses';
    report('DELETION_STRATEGY', [...path, 'deletionRules', index, 'condition'], { problem }, 'key');
  }
}

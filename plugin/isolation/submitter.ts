// Who submits a RayJob: in K8sJobMode a pod of a Job that has the RayJob's name. Only the Job controller's labels are on
// it from KubeRay 1.3 to 1.6; KubeRay 1.7 adds its own (controllers/ray/rayjob_controller.go, common/job.go).
import type { Report } from '../findings/finding.ts';
import { changeAt, valueAt } from '../manifests/edit.ts';
import type { KubernetesObject } from '../manifests/manifest.ts';
import { ownerLabel } from '../ray/labels.ts';
import { closesIngress } from '../ray/mode.ts';
import type { PodTemplate, PolicyPeer, RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';
import { podsWith } from './rules.ts';

/** Where a RayCronJob says what its submitters are like. */
export const submitterTemplate = ['spec', 'jobTemplate', 'submitterPodTemplate'];

/** The label by which submitters of a RayCronJob are let in. */
export const submitterLabel = 'rayshield.io/submitter';

const jobPods = (job: string): PolicyPeer => podsWith({ 'batch.kubernetes.io/job-name': job });

/** The pods that submit to this owner's cluster, one peer each; reports where they cannot be told from others. */
export function findSubmitters(spec: RaySpec, settings: Settings, report: Report): PolicyPeer[] {
  if (spec.kind === 'RayCluster') return findVisitingSubmitters(spec, report);
  if (spec.kind === 'RayService') return [];
  const jobSpec = spec.kind === 'RayJob' ? ['spec'] : ['spec', 'jobTemplate'];
  const mode = valueAt(spec.owner.body, [...jobSpec, 'submissionMode']) ?? 'K8sJobMode';
  if (mode === 'InteractiveMode') report('SUBMITTER_INTERACTIVE', [...jobSpec, 'submissionMode'], {});
  if (mode !== 'K8sJobMode') return [];
  return spec.kind === 'RayJob' ? [jobPods(spec.name)] : findCronSubmitters(spec, settings, report);
}

/** RayJobs of the same input that run on this cluster; one whose name is generated has pods that nobody can name. */
function findVisitingSubmitters(spec: RaySpec, report: Report): PolicyPeer[] {
  if (spec.visitors.includes('')) report('SUBMITTER_UNNAMED', spec.isolation?.path ?? [], {}, 'key');
  return spec.visitors.filter((name) => name !== '').map(jobPods);
}

/** The runs of a RayCronJob, and with them their Jobs, have names that nobody knows before. */
function findCronSubmitters(spec: RaySpec, settings: Settings, report: Report): PolicyPeer[] {
  if (hasSubmitterTemplate(spec)) return [podsWith({ [submitterLabel]: ownerLabel(spec) })];
  if (settings.kuberayVersion !== '1.7') {
    report('CRON_SUBMITTER_UNKNOWN', ['spec', 'jobTemplate'], { kuberayVersion: settings.kuberayVersion }, 'key');
    return [];
  }
  report('CRON_SUBMITTER_ANY_JOB', ['spec', 'jobTemplate'], {}, 'key');
  return [podsWith({ 'ray.io/originated-from-crd': 'RayJob' })];
}

const hasSubmitterTemplate = (spec: RaySpec): boolean =>
  spec.kind === 'RayCronJob' && typeof valueAt(spec.owner.body, submitterTemplate) === 'object';

/** Gives a RayCronJob's submitter template the label that its policy selects; other bodies stay as they are. */
export function labelSubmitter(spec: RaySpec, body: KubernetesObject): KubernetesObject {
  if (!closesIngress(spec) || !hasSubmitterTemplate(spec)) return body;
  return changeAt(body, submitterTemplate, (old) => {
    const template = old as PodTemplate;
    const labels = { ...template.metadata?.labels, [submitterLabel]: ownerLabel(spec) };
    return { ...template, metadata: { ...template.metadata, labels } };
  });
}

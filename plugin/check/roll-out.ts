// What a first roll-out does to pods that run, where nothing else says so: policies act on pods and not on manifests.
// https://kubernetes.io/docs/concepts/services-networking/network-policies/#pod-lifecycle
import type { Report } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import { isolationFields } from '../ray/fields.ts';
import type { Candidate } from '../ray/find.ts';
import { rayKinds } from '../ray/kinds.ts';

/** Reports that the pods of a RayCluster are held at once; of the other kinds the isolation itself says what happens. */
export function checkRollOut({ resource, kind }: Candidate, report: Report): void {
  if (kind !== 'RayCluster') return;
  const { specPath } = rayKinds[kind];
  const field = isolationFields.find((name) => valueAt(resource.body, [...specPath, name]) !== undefined);
  if (field !== undefined) report('ISOLATION_RUNNING_PODS', [...specPath, field], {}, 'key');
}

// The pod templates of an owner, held against what rayshield puts into them: where a list was replaced, or a group or a container
// was added behind it, pods start without TLS, or no policy finds them.
import { isDeepStrictEqual } from 'node:util';
import { checkReservedLabels, kuberayLabels } from '../check/owner.ts';
import { nameGroup } from '../isolation/check-policies.ts';
import { hasFixedClusterName, ownerLabel } from '../ray/labels.ts';
import type { EnvVar, PodGroup } from '../ray/spec.ts';
import {
  addressVariable,
  buildEnvironment,
  loopbackVariable,
  tlsMount,
  tlsMountPath,
  tlsVariables,
  tlsVolume,
} from '../tls/environment.ts';
import { buildNodeAddress, nodeAddressParameter } from '../tls/start-parameter.ts';
import { findMountedSecret } from './mounted-secret.ts';
import { groupsOf, labelsOf, type Owner } from './owner.ts';

/** Reports each group, and the autoscaler, that lacks something of what it was given. */
export function checkPodTemplates(owner: Owner): void {
  const { spec, report } = owner;
  const hasTLS = spec.tls !== undefined && spec.tls.retiring !== true;
  for (const group of groupsOf(spec)) {
    checkReservedLabels(spec, group, kuberayLabels, report);
    const lost = [
      ...(spec.isolation !== undefined || hasTLS ? findLostLabel(owner, group) : []),
      ...(hasTLS ? findLostTLS(owner, group) : []),
    ];
    if (lost.length > 0) report('EXPANDED_POD_UNPROTECTED', group.path, { of: nameGroup(group), lost }, 'key');
  }
  if (hasTLS && spec.cluster.enableInTreeAutoscaling === true) checkAutoscaler(owner);
}

function findLostLabel({ spec }: Owner, group: PodGroup): string[] {
  const [label] = labelsOf(spec, group)['rayshield.io/owner'] ?? [];
  return hasFixedClusterName(spec) || label === ownerLabel(spec) ? [] : ['the label rayshield.io/owner'];
}

/** Names, not values: what stands there may be anybody's. */
function findLostTLS({ made, settings }: Owner, group: PodGroup): string[] {
  const { rayContainer, rayStartParams, role } = group;
  const address = buildNodeAddress(made, settings, role);
  return [
    ...findLostVariables(rayContainer.env, buildEnvironment(made, settings, role)),
    ...findLostMount(rayContainer.volumeMounts),
    ...(findMountedSecret(group) === undefined ? [`the volume ${tlsVolume}`] : []),
    ...(rayStartParams[nodeAddressParameter] === address ? [] : [`rayStartParams.${nodeAddressParameter}`]),
  ];
}

/** Of a variable that is given twice the last one counts; `$(...)` sees only what stands before it. */
function findLostVariables(env: readonly EnvVar[] = [], given: readonly EnvVar[]): string[] {
  const place = (name: string): number => env.findLastIndex((one) => one.name === name);
  const lost = given.filter((one) => !isDeepStrictEqual(env[place(one.name)], one)).map(({ name }) => name);
  const isLate =
    lost.length === 0 && given.some(({ name }) => name === clusterVariable && place(name) > place(addressVariable));
  return isLate ? [`${clusterVariable} before ${addressVariable}`] : lost;
}

const clusterVariable = 'RAYSHIELD_CLUSTER';

const findLostMount = (mounts: readonly { readonly name: string; readonly mountPath: string }[] = []): string[] =>
  mounts.some(({ name, mountPath }) => name === tlsMount.name && mountPath === tlsMountPath)
    ? []
    : [`the mount ${tlsMountPath}`];

function checkAutoscaler({ spec, report }: Owner): void {
  const { env, volumeMounts } = spec.cluster.autoscalerOptions ?? {};
  const lost = [...findLostVariables(env, [...tlsVariables, loopbackVariable]), ...findLostMount(volumeMounts)];
  const at = [...spec.path, 'autoscalerOptions'];
  if (lost.length > 0) report('EXPANDED_POD_UNPROTECTED', at, { of: 'the autoscaler', lost }, 'key');
}

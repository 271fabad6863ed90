// One expanded owner as the checks see it, and how they name what is wrong with it and with what was made for it.
import type { Finding, Report } from '../findings/finding.ts';
import type { Resource } from '../manifests/manifest.ts';
import { reportOn } from '../manifests/report.ts';
import { findPodLabels, type PodLabels } from '../ray/pod-labels.ts';
import type { PodGroup, RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';
import { nodeAddressParameter, readNodeAddress } from '../tls/start-parameter.ts';
import type { Stray, Stream } from './stream.ts';

export interface Owner {
  /** As it stands now, with what was asked for put back into it. */
  readonly spec: RaySpec;
  /** The same with the namespace that the texts in its pod templates were made for. */
  readonly made: RaySpec;
  /** With the cluster domain of those texts: they are judged by themselves, whatever this run is told. */
  readonly settings: Settings;
  readonly stream: Stream;
  /** Reports on the owner. */
  readonly report: Report;
  /** Reports on an object that was made for it. */
  readonly reportOn: (resource: Resource) => Report;
  /** Strays that a finding has spoken of. */
  readonly explained: Set<Stray>;
}

/** What all owners of a stream share. */
export type Around = Pick<Owner, 'settings' | 'stream' | 'explained'> & { readonly findings: Finding[] };

export function describeOwner(spec: RaySpec, { settings, findings, ...around }: Around): Owner {
  const address = groupsOf(spec)
    .map(({ rayStartParams }) => readNodeAddress(rayStartParams[nodeAddressParameter]))
    .find((one) => one !== undefined);
  return {
    spec,
    made: { ...spec, namespace: address?.namespace ?? spec.namespace },
    settings: { ...settings, clusterDomain: address?.clusterDomain ?? settings.clusterDomain },
    ...around,
    report: reportOn(spec.owner, findings),
    reportOn: (resource) => reportOn(resource, findings),
  };
}

export const groupsOf = ({ head, workers }: RaySpec): readonly PodGroup[] => [head, ...workers];

/** How messages name the owner. */
export const nameOwner = ({ kind, name }: RaySpec): string => `${kind} ${name}`;

/** The labels of a group's pods by the templates as they stand now. */
export function labelsOf(spec: RaySpec, group: PodGroup): PodLabels {
  const { 'rayshield.io/owner': _, ...labels } = findPodLabels(spec, group);
  const owner = { ...group.template.metadata?.labels, ...group.labels }['rayshield.io/owner'];
  return owner === undefined ? labels : { ...labels, 'rayshield.io/owner': [owner] };
}

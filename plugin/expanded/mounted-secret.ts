// The Secret that a group's pods take their certificate from.
import type { FieldPath } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import type { PodGroup } from '../ray/spec.ts';
import { tlsVolume } from '../tls/environment.ts';

export interface MountedSecret {
  readonly name: string;
  /** Where the name stands. */
  readonly at: FieldPath;
}

/** Undefined where the group has no such volume, or one of another sort. */
export function findMountedSecret({ template, path }: PodGroup): MountedSecret | undefined {
  const index = (template.spec.volumes ?? []).findIndex(({ name }) => name === tlsVolume);
  const name = valueAt(template.spec.volumes, [index, 'secret', 'secretName']);
  return typeof name === 'string'
    ? { name, at: [...path, 'template', 'spec', 'volumes', index, 'secret', 'secretName'] }
    : undefined;
}

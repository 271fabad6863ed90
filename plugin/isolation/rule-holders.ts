// Where the rules of a networkIsolation stand: flat, by role, and by worker group.
import type { FieldPath } from '../findings/finding.ts';
import type { IsolationRequest, Rules } from '../ray/spec.ts';

/** Rules, and the path of the map that has them. */
export type Holder = { readonly path: FieldPath; readonly rules: Rules };

export const findHolders = (isolation: IsolationRequest): Holder[] => [
  { path: isolation.path, rules: isolation },
  { path: [...isolation.path, 'head'], rules: isolation.head ?? {} },
  { path: [...isolation.path, 'worker'], rules: isolation.worker ?? {} },
  ...(isolation.workerGroups ?? []).map((rules, index) => ({
    path: [...isolation.path, 'workerGroups', index],
    rules,
  })),
];

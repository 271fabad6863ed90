// Recorded statuses of Ray's and cert-manager's kinds, and what the health checks of deploy/argocd must say of them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface HealthCase {
  readonly title: string;
  readonly object: object;
  readonly health: { readonly status: string; readonly message: string };
}

const folder = join(import.meta.dirname, '../../fixtures/argocd-health');

/** By `<group>_<kind>`, in the order of the names. */
export const readHealthCases = (): Readonly<Record<string, readonly HealthCase[]>> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name.replace('.yaml', ''), parse(readFileSync(join(folder, name), 'utf8'))]),
  );

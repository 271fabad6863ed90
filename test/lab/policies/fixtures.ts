// The fixtures under fixtures/expand that make NetworkPolicies, and what they expand to.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../../plugin/manifests/manifest.ts';
import { fixtures, listCases, runCase } from '../../support/case.ts';

/** Their names. */
export const listIsolatingFixtures = (): string[] =>
  listCases('expand').filter((name) => {
    const folder = join(fixtures, 'expand', name);
    const expected = readdirSync(folder).filter((file) => file.startsWith('expected.'));
    return expected.some((file) => readFileSync(join(folder, file), 'utf8').includes('NetworkPolicy'));
  });

/** Lists may stand in Lists; empty documents are left out. */
function unfold(
  object: (KubernetesObject & { readonly items?: readonly KubernetesObject[] }) | null,
): KubernetesObject[] {
  if (object === null) return [];
  return object.kind === 'List' ? (object.items ?? []).flatMap(unfold) : [object];
}

/** The objects that a fixture expands to, each for itself. */
export async function expandFixture(name: string): Promise<KubernetesObject[]> {
  const { exitCode, stdout, stderr } = await runCase(join(fixtures, 'expand', name));
  if (exitCode !== 0) throw new Error(`${name} is refused: ${stderr}`);
  return parseAllDocuments(stdout).flatMap((document) => unfold(document.toJS()));
}

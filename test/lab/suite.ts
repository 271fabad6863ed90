// A suite of the lab: a `describe` that is skipped by name, with the reason, where a part or a right is missing.
// What the first group of parts proves is never skipped: where that is missing, the suite fails.
import { existsSync } from 'node:fs';
import { afterAll, describe, test } from 'vitest';
import { locatePart, type PartName } from './parts/locate.ts';
import { parts as allParts } from './parts/parts.ts';
import { type Life, openLife } from './servers/life.ts';

export interface Needs {
  readonly parts: readonly PartName[];
  /** Needs Linux and root, for network namespaces of its own. */
  readonly namespaces?: boolean;
  /** Folders beside the project that not every machine has, relative to the project's root. */
  readonly folders?: readonly string[];
}

const root = new URL('../../', import.meta.url);

// run.ts sets it inside the namespaces that it has made.
const hasNamespaces = (): boolean => process.env['RAYSHIELD_LAB_NAMESPACES'] === 'own';

const isMissingThoughRequired = (name: PartName): boolean =>
  'missing' in locatePart(name) && allParts.find((part) => part.name === name)?.required === true;

/** Why a suite cannot run here, in one line; undefined where it can. */
function findMissing({ parts, namespaces = false, folders = [] }: Needs): string | undefined {
  for (const part of parts) {
    const located = locatePart(part);
    if ('missing' in located) return `${part}: ${located.missing}`;
  }
  if (namespaces && !hasNamespaces()) return 'network namespaces need Linux and root';
  const absent = folders.find((folder) => !existsSync(new URL(folder, root)));
  return absent === undefined ? undefined : `${absent} is not there`;
}

/**
 * Declares a suite.
 * @param name as a folder is named; the suite's logs go there.
 * @param body gets the life that ends, with everything started in it, after the suite's last test.
 */
export function labSuite(name: string, needs: Needs, body: (life: Life) => void): void {
  const missing = findMissing(needs);
  const required = needs.parts.find(isMissingThoughRequired);
  if (required !== undefined) {
    test(name, () => {
      throw new Error(`${required} is not installed, and the suite is never skipped for that: ${missing}`);
    });
    return;
  }
  const life = openLife(name);
  describe.skipIf(missing !== undefined)(missing === undefined ? name : `${name} (skipped, ${missing})`, () => {
    body(life);
    // Starting and ending servers on a busy machine takes its time.
    afterAll(() => life.end(), 120_000);
  });
}

// Every fixture and every sample, as rayshield prints it for a version of KubeRay, against that version's definitions:
// server-side apply with strict field validation, which refuses what no schema knows
// (https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation). Dry runs, so that cases may share names:
// they go through validation, defaulting and admission, cert-manager's webhook too.
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type KubeRayVersion, kuberayVersions } from '../../../plugin/settings/settings.ts';
import { findDifferences, printPath } from '../cases/difference.ts';
import { type Expansion, expandCase, listAllCases, textFor } from '../cases/expansion.ts';
import { readGiven, withoutOwnFields } from '../cases/given.ts';
import { inParallel } from '../cases/in-parallel.ts';
import { makeNamespaceMaker, usualNamespace } from '../cases/namespaces.ts';
import { isApplicable, isRay, nameOf, type PrintedObject, printJson } from '../cases/printed.ts';
import { findUnexplained, isBySchema } from '../cases/refusals.ts';
import { haveSamples, isSample, withoutSamples } from '../cases/samples.ts';
import { folderOfRayDefinitions, installKubeRayCrds } from '../cluster/crds.ts';
import { locatePart } from '../parts/locate.ts';
import { startCertManager } from '../servers/cert-manager.ts';
import { type ControlPlane, startControlPlane } from '../servers/control-plane.ts';
import { labSuite } from '../suite.ts';

const releases: Readonly<Record<KubeRayVersion, string>> = {
  '1.3': '1.3.2',
  '1.4': '1.4.2',
  '1.5': '1.5.2',
  '1.6': '1.6.2',
  '1.7': '1.7.0',
};

const hasDefinitions = (minor: KubeRayVersion): boolean =>
  'directory' in locatePart('kuberay-crds') && existsSync(folderOfRayDefinitions(releases[minor]));

const cases = listAllCases();

labSuite('api-server', { parts: ['control-plane', 'kuberay-crds'] }, (life) => {
  let plane: ControlPlane;
  let makeNamespaces: ReturnType<typeof makeNamespaceMaker>;
  beforeAll(async () => {
    plane = await startControlPlane(life);
    await startCertManager(life, plane);
    makeNamespaces = makeNamespaceMaker(plane.api);
  });

  // What is not KubeRay's is judged in the same way whatever KubeRay's definitions are.
  const taken = new Set<string>();

  /** What was said against an object, or was stored in another way than it was sent. */
  async function findFaults({ text, object }: PrintedObject): Promise<string[]> {
    try {
      const stored = await plane.api.apply(text, { dryRun: true, namespace: usualNamespace });
      const differences = findDifferences(object, stored).filter(({ means }) => means === 'something else');
      if (differences.length === 0 && !isRay(object)) taken.add(text);
      return differences.map(({ path }) => `stored otherwise: ${printPath(path)}`);
    } catch (failure) {
      return [String(failure)];
    }
  }

  async function applyAll(expansions: readonly Expansion[]): Promise<{ count: number; faults: string[] }> {
    const all = expansions.flatMap(({ name, printed }) => printed.map((one) => ({ name, ...one })));
    const objects = all.filter(({ object }) => isApplicable(object));
    await makeNamespaces(objects.map(({ object }) => object));
    const faults = await inParallel(
      objects.filter(({ text }) => !taken.has(text)),
      async (one) => (await findFaults(one)).map((fault) => `${one.name}: ${nameOf(one.object)}: ${fault}`),
    );
    return { count: objects.length, faults: faults.flat() };
  }

  describe.each(kuberayVersions.filter(hasDefinitions))('KubeRay %s', (minor) => {
    let expansions: Expansion[];
    beforeAll(async () => {
      await installKubeRayCrds(plane.api, releases[minor]);
      expansions = await inParallel(cases, (one) => expandCase(one, minor), 1);
    });

    test('takes every fixture', async () => {
      const { count, faults } = await applyAll(expansions.filter((one) => !isSample(one)));
      expect(faults).toEqual([]);
      expect(count).toBeGreaterThan(400);
    });

    test.skipIf(!haveSamples)(
      `takes every sample with our fields put in ${haveSamples ? '' : withoutSamples}`,
      async () => {
        const { count, faults } = await applyAll(expansions.filter(isSample));
        expect(faults).toEqual([]);
        expect(count).toBeGreaterThan(300);
      },
    );

    test('refuses a field that it does not know', async () => {
      const [owner] = expansions.flatMap(({ printed }) => printed).filter(({ object }) => object.kind === 'RayCluster');
      const object = { ...owner?.object, spec: { ...(owner?.object['spec'] as object), tlsOption: {} } };
      await expect(plane.api.apply(object, { dryRun: true })).rejects.toThrow('.spec.tlsOption: field not declared');
    });

    test('what rayshield refuses is what this version does not have', async ({ annotate }) => {
      const refused = expansions.filter((one) => one.refused.length > 0);
      for (const { name, refused: codes } of refused) await annotate(`${name}: ${codes.join(', ')}`, 'refused');
      expect(refused.filter(({ refused: codes }) => findUnexplained(codes, minor).length > 0)).toEqual([]);
      if (minor === '1.7') expect(refused.filter((one) => !isSample(one))).toEqual([]);
    });

    test('what rayshield refuses for its schema, the API server refuses without our fields too', async () => {
      const refused = new Set(expansions.filter((one) => isBySchema(one.refused)).map(({ name }) => name));
      const accepted = await inParallel(
        cases.filter(({ name }) => refused.has(name)),
        async (one) => {
          const owners = readGiven({ ...one, text: textFor(minor, one.text) })
            .filter(isRay)
            .map(withoutOwnFields);
          await makeNamespaces(owners);
          const faults = await inParallel(owners, (object) => findFaults({ text: printJson(object), object }));
          return faults.every((found) => found.length === 0) ? [one.name] : [];
        },
      );
      expect(accepted.flat()).toEqual([]);
    });
  });

  for (const minor of kuberayVersions.filter((one) => !hasDefinitions(one))) {
    test.skip(`KubeRay ${minor}: its definitions are not here`, () => undefined);
  }
});

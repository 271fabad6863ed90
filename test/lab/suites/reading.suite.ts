// rayshield reads Ray documents with kubectl's own decoder's values, or refuses them: over every manifest that we have, and over
// manifests with odd pieces of YAML put in at random.
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oddManifest, ownFolders, readCorpus } from '../../support/odd-manifests.ts';
import { haveSamples, withoutSamples } from '../cases/samples.ts';
import { compareReadings, type Outcome } from '../reading/compare.ts';
import { readAsKubectl } from '../reading/kubectl.ts';
import { labSuite } from '../suite.ts';

const root = join(import.meta.dirname, '../../..');
const corpus = readCorpus([
  ...ownFolders,
  join(root, '../shared/upstream/samples'),
  join(root, '../shared/upstream/samples-pr4566'),
]);

async function compareAll(texts: readonly string[]): Promise<{ counts: Record<Outcome, number>; different: string[] }> {
  const counts = { same: 0, 'refused by us': 0, 'refused by kubectl': 0, 'not asked': 0, different: 0 };
  const different: string[] = [];
  const readings = await readAsKubectl(texts);
  for (const [index, text] of texts.entries()) {
    const reading = readings[index];
    if (reading === undefined) throw new Error('a text was not read');
    const outcome = compareReadings(text, reading);
    counts[outcome] += 1;
    if (outcome === 'different') different.push(text);
  }
  return { counts, different };
}

/** Those that ask for security, as themselves, in a List, as JSON, with anchors, merges, CRLF and byte order marks, and made odd. */
const odd = oddManifest(corpus.filter(({ text }) => /networkIsolation|tlsOptions/.test(text) && text.length < 20_000));

labSuite('reading', { parts: ['control-plane'] }, () => {
  const samples = corpus.filter(({ path }) => path.includes('upstream'));

  test.skipIf(!haveSamples)(`the samples are read too ${haveSamples ? '' : withoutSamples}`, async () => {
    const { counts, different } = await compareAll(samples.map(({ text }) => text));
    expect(different).toEqual([]);
    // They ask for no security, so that they are read and let be.
    expect(counts['not asked']).toBeGreaterThan(40);
  });

  test('every manifest of the project', async () => {
    const { counts, different } = await compareAll(corpus.map(({ text }) => text));
    expect(different).toEqual([]);
    expect(counts.same).toBeGreaterThan(200);
  });

  test('20,000 manifests with odd pieces', async () => {
    const seed = Number(process.env['RAYSHIELD_SEED'] ?? Date.now());
    const texts = fc.sample(odd, { numRuns: 20_000, seed });
    const { counts, different } = await compareAll(texts);
    expect(different.slice(0, 3), `RAYSHIELD_SEED=${seed} ${JSON.stringify(counts)}`).toEqual([]);
    expect(counts.same).toBeGreaterThan(1_000);
  });
});

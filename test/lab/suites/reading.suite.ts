// rayshield reads Ray documents with kubectl's own decoder's values, or refuses them: over every manifest that we have, and over
// manifests with odd pieces of YAML put in at random.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixtures } from '../../support/case.ts';
import { haveSamples, withoutSamples } from '../cases/samples.ts';
import { compareReadings, type Outcome } from '../reading/compare.ts';
import { readAsKubectl } from '../reading/kubectl.ts';
import { labSuite } from '../suite.ts';

const root = join(import.meta.dirname, '../../..');
const folders = [
  join(fixtures, 'expand'),
  join(fixtures, 'refuse'),
  join(root, 'deploy'),
  join(root, '../shared/upstream/samples'),
  join(root, '../shared/upstream/samples-pr4566'),
];

/** All texts of manifests below the folders that are there; bytes that are no text are the business of other tests. */
const corpus = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
  .filter((path) => /\.(ya?ml|json)$/.test(path) && !path.includes('expected'))
  .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

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

// What YAML readers differ about, and what breaks a document.
const pieces = [
  ...[
    'yes',
    'no',
    'on',
    'y',
    'n',
    '~',
    'null',
    'NULL',
    '0777',
    '0o17',
    '0x1F',
    '0b11',
    '1_000',
    '.5',
    '1.',
    '1e3',
    '+1',
    '-0',
  ],
  ...[
    '.inf',
    '.NaN',
    '12:30',
    '2024-01-01',
    '9007199254740993',
    '1e400',
    "''",
    '""',
    '"\\u0041"',
    '"a\\\n b"',
    '!!str 1',
  ],
  ...[
    '!!int "1"',
    '!!binary YQ==',
    '&a ',
    '*a',
    '<<: *a',
    '? ',
    ': ',
    '- ',
    '# ',
    ' #',
    '|\n',
    '>-\n',
    '|+2\n',
    '{',
    '}',
    '[',
    ']',
  ],
  ...[
    ',',
    "'",
    '"',
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '  ',
    '\n---\n',
    '\n--- \n',
    '\n...\n',
    '\n%YAML 1.1\n',
    '\u0085',
    '\ufeff',
    '\u2028',
  ],
];

/** A manifest of the corpus with one to four pieces put in at random places. */
const oddManifest = fc
  .tuple(
    fc.constantFrom(...corpus.filter(({ text }) => /networkIsolation|tlsOptions/.test(text) && text.length < 20_000)),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...pieces)), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([{ text }, changes]) =>
    changes.reduce((changed, [at, piece]) => {
      const offset = Math.floor(at * changed.length);
      return changed.slice(0, offset) + piece + changed.slice(offset);
    }, text),
  );

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
    const texts = fc.sample(oddManifest, { numRuns: 20_000, seed });
    const { counts, different } = await compareAll(texts);
    expect(different.slice(0, 3), `RAYSHIELD_SEED=${seed} ${JSON.stringify(counts)}`).toEqual([]);
    expect(counts.same).toBeGreaterThan(1_000);
  });
});

// Half of what rayshield is lies in what it says of bad input: sixty valid manifests, twenty mechanical mistakes in each. A mistake
// is found, or the manifest is as valid as before for a reason that standard ajv and the committed schemas can tell; what is
// neither is a gap. Of security fields no mistake of a kind that loses one passes, at any of them.
import { beforeAll, describe, expect, test } from 'vitest';
import { corpus } from './mutation/corpus.ts';
import { Judge, judgeText } from './mutation/judge.ts';
import { perSpecimen, plan, planSecurity, planWords } from './mutation/plan.ts';
import { readSuggestion } from './mutation/suggestion.ts';
import { type Judged, printTable } from './mutation/table.ts';

const judgeAll = (mutationsOf: typeof plan): readonly Judged[] =>
  corpus.flatMap((specimen) => {
    const judge = new Judge(specimen.text);
    return mutationsOf(specimen).map((mutation) => ({
      specimen: specimen.name,
      mutation,
      verdict: judge.judge(mutation),
    }));
  });

const describeCase = ({ specimen, mutation: { kind, site, wrong = '' } }: Judged): string =>
  `${specimen}: ${kind} ${site.path.join('.')} ${wrong}`.trimEnd();

/** The misspellings that are found, and those of them whose first message suggests another name than the right one. */
function rateSuggestions(judged: readonly Judged[]): { readonly found: number; readonly missed: readonly string[] } {
  const found = judged.filter(({ mutation, verdict }) => mutation.right !== undefined && verdict.is === 'found');
  const isMissed = ({ mutation, verdict }: Judged): boolean =>
    verdict.is === 'found' && readSuggestion(verdict.messages[0] ?? '') !== mutation.right?.split('.').at(-1);
  return { found: found.length, missed: found.filter(isMissed).map(describeCase) };
}

describe('the corpus', () => {
  test('has at least sixty manifests, each valid as it stands', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(60);
    const errors = corpus.flatMap(({ name, text }) =>
      judgeText(text).flatMap(({ severity, code }) => (severity === 'error' ? [`${name} ${code}`] : [])),
    );
    expect(errors).toEqual([]);
  });

  test('has the same twenty mutations of each in every run', () => {
    expect(perSpecimen).toBe(20);
    for (const specimen of corpus) {
      const texts = plan(specimen).map(({ text }) => text);
      expect(new Set(texts).size, specimen.name).toBe(perSpecimen);
      expect(plan(specimen).map(({ text }) => text)).toEqual(texts);
    }
  });
});

describe('twenty mutations of each manifest', () => {
  let judged: readonly Judged[];
  beforeAll(() => {
    judged = judgeAll(plan);
  }, 60_000);

  test('are found, or leave it valid for a reason', () => {
    process.stdout.write(`\n${printTable(judged)}\n`);
    expect(judged.filter(({ verdict }) => verdict.is === 'unexplained').map(describeCase)).toEqual([]);
  });

  test('of a misspelt field the first suggestion is the right name', () => {
    const { found, missed } = rateSuggestions(judged.filter(({ mutation }) => mutation.kind === 'misspell a field'));
    process.stdout.write(`${found - missed.length} of ${found} misspelt fields are told the right name first\n`);
    expect(found).toBeGreaterThan(250);
    expect(1 - missed.length / found, missed.join('\n')).toBeGreaterThanOrEqual(0.95);
  });
});

test('of a misspelt word or group name the first suggestion is the right one', () => {
  const { found, missed } = rateSuggestions(judgeAll(planWords));
  process.stdout.write(`${found - missed.length} of ${found} misspelt values are told the right one first\n`);
  expect(found).toBeGreaterThan(250);
  // Where a group and the rules for it are called by two names, either may be the wrong one.
  expect(1 - missed.length / found, missed.join('\n')).toBeGreaterThanOrEqual(0.95);
});

test('no mistake at a security field, or within one, loses it without a word', () => {
  const judged = judgeAll(planSecurity);
  process.stdout.write(`\n${printTable(judged)}\n`);
  const isLost = ({ verdict }: Judged): boolean =>
    verdict.is === 'unexplained' ||
    // What is left out here has been obeyed before; it may stand at another place that is obeyed too.
    (verdict.is === 'still valid' &&
      verdict.reasons.has('leaves an optional field out') &&
      !verdict.reasons.has('is another field of that place'));
  expect(judged.filter(isLost).map(describeCase)).toEqual([]);
  expect(judged.length).toBeGreaterThan(2000);
});

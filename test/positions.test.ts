// Where a finding is said to be, in every form of report: of an unknown field its key, of a wrong value the value, of a missing field
// its parent. Lines and columns count from 1. A column is one character of Unicode, as in the status line of an editor: a tab is
// one, an emoji is one, and a combining mark is one of its own. A byte order mark and the carriage return of a line end are none.
import { describe, expect, test } from 'vitest';
import { ioFor } from './support/case.ts';
import { run } from './support/run.ts';
import { makeTree } from './support/workdir.ts';
import { readXML } from './support/xml.ts';

type Place = readonly [line: number, column: number];

async function report(files: Readonly<Record<string, string>>, format: string): Promise<string> {
  return (await run(['validate', '.', '--format', format], ioFor(makeTree(files)), '0.0.0')).stdout;
}

/** `CODE line:column` of the errors of a text, as each form of report has it. */
const readers: Readonly<Record<string, (report: string) => string[]>> = {
  text: (text) =>
    [...text.matchAll(/^[^\s:]+:(\d+:\d+): error ([A-Z_]+)[ :]/gm)].map(([, place, code]) => `${code} ${place}`),
  json: (text) =>
    (JSON.parse(text).findings as { code: string; severity: string; line: number; column: number }[])
      .filter(({ severity }) => severity === 'error')
      .map(({ code, line, column }) => `${code} ${line}:${column}`),
  sarif: (text) => {
    const [log] = JSON.parse(text).runs;
    expect(log.columnKind).toBe('unicodeCodePoints');
    type Result = {
      ruleId: string;
      level: string;
      locations: { physicalLocation: { region: Record<string, number> } }[];
    };
    return (log.results as Result[])
      .filter(({ level }) => level === 'error')
      .map(({ ruleId, locations }) => {
        const { startLine, startColumn } = locations[0]?.physicalLocation.region ?? {};
        return `${ruleId} ${startLine}:${startColumn}`;
      });
  },
  github: (text) =>
    [...text.matchAll(/^::error file=[^,]+,line=(\d+),col=(\d+),title=([A-Z_]+)/gm)].map(
      ([, line, column, code]) => `${code} ${line}:${column}`,
    ),
  junit: (text) =>
    readXML(text)
      .children.flatMap((suite) => suite.children)
      .flatMap((one) => one.children)
      .flatMap(({ text = '' }) => readers['text']?.(text) ?? []),
};

async function expectPlaces(name: string, text: string, expected: readonly (readonly [code: string, ...Place])[]) {
  const places = expected.map(([code, line, column]) => `${code} ${line}:${column}`);
  for (const [format, read] of Object.entries(readers)) {
    expect(read(await report({ [name]: text }, format)), format).toEqual(places);
  }
}

const container = '{name: ray-head, image: "rayproject/ray:2.52.0"}';
const head = `headGroupSpec: {template: {spec: {containers: [${container}]}}}`;
const object = (spec: string, name = 'demo'): string =>
  `apiVersion: ray.io/v1\nkind: RayCluster\nmetadata: {name: ${name}, namespace: ml}\nspec:\n${spec}`;

describe('the place of', () => {
  test('an unknown field is its key, of a wrong value the value, of a missing field its parent', () =>
    expectPlaces(
      'a.yaml',
      object(
        `  rayVersin: "2"\n  rayVersion:   2.10\n  headGroupSpec:\n    rayStartParams: {}\n  workerGroupSpecs:\n    - rayStartParams: {}\n`,
      ),
      [
        ['SCHEMA_UNKNOWN_FIELD', 5, 3],
        ['SCHEMA_TYPE', 6, 17],
        ['SCHEMA_MISSING_FIELD', 7, 3],
        ['SCHEMA_MISSING_FIELD', 10, 7],
        ['SCHEMA_MISSING_FIELD', 10, 7],
      ],
    ));

  test('what stands in a List', () =>
    expectPlaces(
      'a.yaml',
      `apiVersion: v1\nkind: List\nitems:\n  - ${object(`  ${head}\n  suspendd: true\n`).replaceAll('\n', '\n    ').trimEnd()}\n`,
      [['SCHEMA_UNKNOWN_FIELD', 9, 7]],
    ));

  test('what stands in flow style', () =>
    expectPlaces('a.yaml', object('').replace(/spec:\n$/, `spec: {suspend: 1, ${head}, bad: {x: 1}}\n`), [
      ['SCHEMA_TYPE', 4, 17],
      ['SCHEMA_UNKNOWN_FIELD', 4, 20 + head.length + 2],
    ]));

  test('what stands in JSON, on one line and on many', async () => {
    const body = { apiVersion: 'ray.io/v1', kind: 'RayCluster', metadata: { name: 'demo' }, spec: { suspend: 'x' } };
    const line = JSON.stringify(body);
    await expectPlaces('a.json', `${line}\n`, [
      ['SCHEMA_MISSING_FIELD', 1, line.indexOf('"spec"') + 1],
      ['SCHEMA_TYPE', 1, line.indexOf('"x"') + 1],
    ]);
    await expectPlaces('a.json', `${JSON.stringify(body, undefined, 2)}\n`, [
      ['SCHEMA_MISSING_FIELD', 7, 3],
      ['SCHEMA_TYPE', 8, 16],
    ]);
  });

  test('what an alias or a merge brings is that of the alias or merge', () =>
    expectPlaces(
      'a.yaml',
      object(
        `  headGroupSpec:\n    template: &pod {spec: {containers: [{name: a, image: b, bad: 1}]}}\n  workerGroupSpecs:\n    - groupName: a\n      minReplicas: 0\n      maxReplicas: 1\n      template: *pod\n    - <<: {groupName: b, minReplicas: 0, maxReplicas: x}\n      template: {spec: {containers: [{name: a, image: b}]}}\n`,
      ),
      [
        ['SCHEMA_UNKNOWN_FIELD', 6, 61],
        ['SCHEMA_UNKNOWN_FIELD', 11, 17],
        ['SCHEMA_TYPE', 12, 7],
      ],
    ));

  test('what stands in the third document, behind a byte order mark and Windows line ends', () => {
    const plain = object(`  ${head}\n`);
    const text = `# first\n---\n${plain}---\n${object(`  ${head}\n  bad: 1\n  suspend: x\n`, 'other')}`;
    return expectPlaces('a.yaml', `\uFEFF${text.replaceAll('\n', '\r\n')}`, [
      ['SCHEMA_UNKNOWN_FIELD', 14, 3],
      ['SCHEMA_TYPE', 15, 12],
    ]);
  });

  test.each([
    ['an emoji is one column', '😀'],
    ['a tab is one column', '\t'],
    ['a combining mark is one column', '\u0301'],
    ['an ideograph is one column', '字'],
  ])('what stands behind: %s', (_, character) =>
    expectPlaces('a.yaml', object(`  {${head}, managedBy: "${character}", bad: 1}\n`), [
      ['SCHEMA_NOT_ALLOWED', 5, 4 + head.length + 2 + 11],
      ['SCHEMA_UNKNOWN_FIELD', 5, 4 + head.length + 2 + 11 + 5],
    ]),
  );

  test('what is no YAML is the character that makes it none', () =>
    expectPlaces('a.yaml', object('  a: 1\n   b: 2\n'), [['YAML_SYNTAX', 5, 6]]));
});

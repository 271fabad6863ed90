// The cases that go to the API server: texts as they were printed, for each version of KubeRay.
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { expandCase, listAllCases, textFor } from './expansion.ts';
import { nameOf, readPrinted } from './printed.ts';

test('a stream is parted into objects with their own text', () => {
  const text =
    '# c\napiVersion: v1\nkind: A\nmetadata: {name: a}\n---\n---\n  kind: B\n  metadata:\n    name: b\n    namespace: ml\n';
  const printed = readPrinted(text);
  expect(printed.map(({ object }) => nameOf(object))).toEqual(['A a', 'B ml/b']);
  for (const { text: one, object } of printed) expect(parse(one)).toEqual(object);
});

test('Lists within Lists are taken apart', () => {
  const item = (name: string): object => ({ kind: 'A', metadata: { name } });
  const list = { kind: 'List', items: [item('a'), { kind: 'List', items: [item('b')] }] };
  expect(readPrinted(JSON.stringify(list)).map(({ object }) => object.metadata.name)).toEqual(['a', 'b']);
});

test('words of YAML 1.1 are read as the API server reads them', () => {
  expect(readPrinted('kind: A\nmetadata: {name: a}\nspec: {on: yes}\n')[0]?.object['spec']).toEqual({ true: true });
});

test("a Secret's text is compared as what is stored, and sent as it stands", () => {
  const text = 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {a: b}\n';
  const [secret] = readPrinted(text);
  expect(secret?.object['data']).toEqual({ a: 'Yg==' });
  expect(secret?.text).toContain('stringData');
});

test.each([
  ['spec:\n  upgradeStrategy:\n    type: Recreate\n  a: 1\n'],
  ['spec:\n  upgradeStrategy: {type: Recreate}\n  a: 1\n'],
  ['spec:\r\n  upgradeStrategy:\r\n    type: Recreate\r\n  a: 1\n'],
])('upgradeStrategy goes for versions without it: %j', (text) => {
  expect(parse(textFor('1.5', text))).toEqual({ spec: { a: 1 } });
  expect(textFor('1.6', text)).toBe(text);
});

test('every case is expanded, or refused with a code', async () => {
  const [one] = listAllCases();
  if (one === undefined) throw new Error('there are no cases');
  expect((await expandCase(one, '1.7')).printed.length).toBeGreaterThan(1);
  const cron = listAllCases().find(({ name }) => name === 'cron-job-asks-for-tls-alone');
  expect(cron && (await expandCase(cron, '1.5')).refused).toEqual(['KIND_NOT_SERVED']);
});

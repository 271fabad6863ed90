// Cutting a ResourceList into documents and putting it together again: what nothing is asked of goes back as it came.
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compose } from '../../../plugin/manifests/compose.ts';
import type { Manifest } from '../../../plugin/manifests/manifest.ts';
import { positionAt } from '../../../plugin/manifests/position.ts';
import { limitsForOthers } from '../../../plugin/manifests/problem.ts';
import {
  isResourceList,
  printResourceList,
  type ResourceList,
  readResourceList,
} from '../../../plugin/manifests/resource-list.ts';

const header = 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n';

function read(text: string): ResourceList {
  const list = readResourceList({ file: '<stdin>', text });
  if ('problem' in list) throw new Error(list.problem);
  return list;
}

const readItem = ({ text, offset }: Manifest): unknown => compose(text, offset, limitsForOthers).value;

const kyaml = `${header}items:
- # head comment
  apiVersion: v1
  kind: A # behind
  data:
    script: |
      - item
      # no comment

      items:
- apiVersion: v1
  kind: B
  list:
  - 1
  - a: [x,
      y]
# between
- {apiVersion: v1, kind: C}
functionConfig:
  apiVersion: v1
  kind: ConfigMap
`;
const wide = `items:
    -   apiVersion: v1
        kind: A
    -   apiVersion: v1
        kind: B
        list:
            - 1
kind: ResourceList # ours
functionConfig: {}
apiVersion: 'config.kubernetes.io/v1beta1'
`;
const crlf = kyaml.replaceAll('\n', '\r\n');
const quoted = `"apiVersion": "config.kubernetes.io/v1"
"kind": "ResourceList"
"items":
- "apiVersion": "v1"
  "kind": "A"
- "kind": "B"
`;
const json = JSON.stringify({
  kind: 'ResourceList',
  apiVersion: 'config.kubernetes.io/v1',
  items: [{ kind: 'A', list: [1, { a: 'b\nc' }] }, { kind: 'B' }],
  functionConfig: { kind: 'ConfigMap' },
});
const jsonLines = JSON.stringify(JSON.parse(json), null, 2);

describe.each([
  ['as kyaml prints it', kyaml, ['A', 'B', 'C']],
  ['with indented dashes and the kind below', wide, ['A', 'B']],
  ['with line ends of Windows', crlf, ['A', 'B', 'C']],
  ['with keys in quotes', quoted, ['A', 'B']],
  ['in JSON', json, ['A', 'B']],
  ['in JSON of many lines', jsonLines, ['A', 'B']],
  ['with items in brackets', `${header}items: [{kind: A}, {kind: B}]\n`, ['A', 'B']],
])('a list %s', (_, text, kinds) => {
  test('is known as one', () => {
    expect(text === quoted || isResourceList(text)).toBe(true);
  });

  test('is cut into its items', () => {
    expect(read(text).items.map(readItem)).toEqual(parse(text, { version: '1.1' }).items);
    expect(read(text).items.map((item) => (readItem(item) as { kind: string }).kind)).toEqual(kinds);
  });

  test('keeps the places of what stands in it', () => {
    for (const [index, item] of read(text).items.entries()) {
      const { places } = compose(item.text, item.offset, limitsForOthers);
      expect(text.slice(places?.[1], places?.[1] ?? 0 + 1)[0] ?? '').toBe('');
      const { line = 0, column = 0 } = positionAt(item.source, places?.[1] ?? 0);
      const shown = text.split('\n')[line - 1]?.slice(column - 1) ?? '';
      expect(shown, `${index}`).toMatch(/^(?:"?apiVersion|"?kind|\{)/);
    }
  });

  test('says the same when it is printed', () => {
    const list = read(text);
    expect(parse(printResourceList(list, list.items, undefined).join(''), { version: '1.1' })).toEqual(
      parse(text, { version: '1.1' }),
    );
  });
});

test.each([
  ['as kyaml prints it', kyaml],
  ['with indented dashes', wide],
  ['with line ends of Windows', crlf],
])('a list %s goes back byte for byte but for the line of items', (_, text) => {
  const list = read(text);
  const printed = printResourceList(list, list.items, undefined).join('');
  expect(printed.replace('items:\n', '')).toBe(text.replace(/items:\r?\n/, ''));
});

test('a new item stands as deep as the others, with its block texts as they are', () => {
  const list = read(wide);
  const [first] = list.items;
  const made = { ...first, text: '  # above\nkind: "N"\nscript: |\n  a\n\n    # b\n' } as Manifest;
  const printed = printResourceList(list, [...list.items, made], undefined).join('');
  expect(printed).toContain('    - # above\n      kind: "N"\n      script: |\n        a\n\n          # b\n');
  expect(parse(printed).items[2]).toEqual({ kind: 'N', script: 'a\n\n  # b\n' });
});

test('results take the place of those that came', () => {
  const list = read(`${kyaml}results:\n- message: old\n`);
  const printed = printResourceList(list, list.items, [{ message: 'new' }]).join('');
  expect(parse(printed).results).toEqual([{ message: 'new' }]);
});

test('a list of nothing stays one', () => {
  const list = read(`${header}items: []\n`);
  expect(printResourceList(list, list.items, undefined).join('')).toBe(`${header}items: []\n`);
});

test.each([
  ['a stream of manifests', 'apiVersion: v1\nkind: List\nitems: []\n', false],
  ['a document that speaks of one', 'kind: ConfigMap\ndata:\n  kind: ResourceList\n', false],
  ['JSON with one inside', '{"kind": "ConfigMap", "data": {"kind": "ResourceList"}}', false],
  ['a kind of another group', 'apiVersion: example.com/v1\nkind: ResourceList\nitems: []\n', false],
  ['a kind of another group in JSON', '{"apiVersion": "example.com/v1", "kind": "ResourceList"}', false],
  ['no JSON', '{"kind": "ResourceList", ', false],
])('%s is no list', (_, text, is) => {
  expect(isResourceList(text)).toBe(is);
});

test.each([
  ['is more than one document', `${header}items: []\n---\nkind: A\n`],
  ['is no YAML map', '- a\n'],
  ['is no YAML map', `${header}items: ]\n`],
  ['larger than can be read', `{"items": ${'['.repeat(20_000)}`],
  ['is of another kind than ResourceList', 'apiVersion: config.kubernetes.io/v1\nkind: List\nitems: []\n'],
  ['is of another version than', 'apiVersion: example.com/v1\nkind: ResourceList\nitems: []\n'],
  ['has no list of items', header],
  ['has no list of items', `${header}items: {}\n`],
  ['has the key items twice', `${header}items: []\nitems: []\n`],
])('what %s is refused', (problem, text) => {
  expect(readResourceList({ file: '<stdin>', text })).toEqual({ problem: expect.stringContaining(problem) });
});

// One truth: the same inputs through every front that needs no other tool give the same objects, and the same bytes where a front prints
// a stream. Those that real kustomize and Helm call are in the lab (test/lab/suites/one-truth.suite.ts).
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { ioFor } from './support/case.ts';
import { type PlainObject, readObjects, truthCases } from './support/one-truth.ts';
import { type Ran, run } from './support/run.ts';
import { makeTree, readTree } from './support/workdir.ts';

const succeed = ({ exitCode, stdout, stderr }: Ran): string => {
  expect(exitCode, stderr).toBe(0);
  return stdout;
};

/** What kustomize hands to a function: objects, each with what it needs to find it again. */
const toResourceList = (objects: readonly PlainObject[]): string =>
  stringify(
    {
      apiVersion: 'config.kubernetes.io/v1',
      kind: 'ResourceList',
      items: objects.map((object, index) => ({
        ...object,
        metadata: {
          ...object.metadata,
          annotations: { ...object.metadata.annotations, 'internal.config.kubernetes.io/index': String(index) },
        },
      })),
    },
    { version: '1.1' },
  );

/** Without what only KRM functions carry. */
function withoutIndex(object: PlainObject): PlainObject {
  const { annotations, ...metadata } = object.metadata;
  const { 'internal.config.kubernetes.io/index': _, ...others } = annotations ?? {};
  return { ...object, metadata: Object.keys(others).length === 0 ? metadata : { ...metadata, annotations: others } };
}

describe.each(truthCases)('$name', ({ text, env }) => {
  const folder = (): string => makeTree({ 'in/a.yaml': text });
  const expand = async (): Promise<string> => succeed(await run(['expand', 'in'], ioFor(folder(), env), '0'));

  test('expands into more than came', async () => {
    expect(readObjects(await expand()).length).toBeGreaterThan(readObjects(text).length);
  });

  test('generate prints the same bytes', async () => {
    expect(succeed(await run(['generate'], ioFor(join(folder(), 'in'), env), '0'))).toBe(await expand());
  });

  test('a pipe prints the same bytes', async () => {
    expect(succeed(await run([], ioFor(makeTree(), env, text), '0'))).toBe(await expand());
  });

  test.each([[[]], [['--split']]])('render %j writes the same objects', async (flags) => {
    const cwd = folder();
    succeed(await run(['render', 'in', '--out', 'out', ...flags], ioFor(cwd, env), '0'));
    const tree = readTree(join(cwd, 'out'));
    const resources = (path: string): string[] => parse(tree[`${path}kustomization.yaml`] ?? '{}').resources ?? [];
    const paths = [
      ...resources('').filter((name) => name !== 'flux.yaml'),
      ...['policies/', 'other/', 'pki/', 'ray/'].flatMap((step) => resources(step).map((name) => step + name)),
    ];
    const written = paths.flatMap((path) => readObjects(tree[path] ?? ''));
    const expected = readObjects(await expand());
    // In steps the order is another one.
    if (flags.length === 0) expect(written).toEqual(expected);
    else {
      expect(written).toHaveLength(expected.length);
      expect(written).toEqual(expect.arrayContaining(expected));
    }
  });

  test('krm answers the same objects', async () => {
    const answer = succeed(await run(['krm'], ioFor(makeTree(), env, toResourceList(readObjects(text))), '0'));
    const { items } = parse(answer, { version: '1.1' }) as { items: PlainObject[] };
    expect(items.map(withoutIndex)).toEqual(readObjects(await expand()));
  });
});

test('there are twenty', () => {
  expect(new Set(truthCases.map(({ name }) => name)).size).toBe(20);
});

// The laws of the product, as properties over arbitrary streams (README: what it never does).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { splitStream } from '../plugin/manifests/split.ts';
import { ioFor } from './support/case.ts';
import { otherText, rayObject, rayText, stream } from './support/ray-documents.ts';
import { type Ran, run } from './support/run.ts';

const runs = { numRuns: 150 };
const expand = (text: string): Promise<Ran> =>
  run(['expand', '-', '--api-server', 'off'], ioFor('/', {}, text), '0.0.0');

type KubernetesObject = {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
};

const objectsOf = (text: string, version: '1.1' | '1.2' = '1.2'): KubernetesObject[] =>
  parseAllDocuments(text, { version })
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);

const textsOf = (text: string): string[] => splitStream({ file: 'f', text }).map((chunk) => chunk.text);
const isGenerated = (object: KubernetesObject): boolean =>
  object.metadata?.labels?.['app.kubernetes.io/managed-by'] === 'rayshield';

describe('for every stream', () => {
  const succeeds = async (text: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await expand(text);
    expect(exitCode, stderr).toBe(0);
    return stdout;
  };

  test('expanding the output again changes nothing', () =>
    fc.assert(
      fc.asyncProperty(
        stream.filter((text) => text.trim() !== ''),
        async (text) => {
          const once = await succeeds(text);
          expect(await succeeds(once)).toBe(once);
        },
      ),
      runs,
    ));

  test('the same input gives the same bytes', () =>
    fc.assert(
      fc.asyncProperty(
        stream.filter((text) => text.trim() !== ''),
        async (text) => {
          expect(await expand(text)).toEqual(await expand(text));
        },
      ),
      runs,
    ));

  test('documents in and generated are documents out, and no two share an identity', () =>
    fc.assert(
      fc.asyncProperty(
        stream.filter((text) => text.trim() !== ''),
        async (text) => {
          const out = await succeeds(text);
          const objects = objectsOf(out);
          expect(textsOf(out)).toHaveLength(textsOf(text).length + objects.filter(isGenerated).length);
          const made = objects.filter((object) => isGenerated(object) || object.apiVersion.startsWith('ray.io/'));
          const identities = made
            .filter(({ metadata }) => metadata.name !== 'plain')
            .map(({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata.namespace, metadata.name].join(' '));
          expect(new Set(identities).size).toBe(identities.length);
        },
      ),
      runs,
    ));

  test('a reader of YAML 1.1 gets the objects that one of YAML 1.2 gets', () =>
    fc.assert(
      fc.asyncProperty(rayObject('a'), async (object) => {
        const out = await succeeds(rayText(object));
        expect(objectsOf(out, '1.1')).toEqual(objectsOf(out, '1.2'));
      }),
      runs,
    ));

  test("the user's own values come out as they went in", () =>
    fc.assert(
      fc.asyncProperty(rayObject('a'), async (object) => {
        const [owner] = objectsOf(await succeeds(rayText(object))).slice(-1);
        expect(owner).toMatchObject(withoutFields(object) as object);
      }),
      runs,
    ));

  test('what carries none of our fields leaves byte for byte', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(otherText, rayObject('a', false).map(rayText)), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('---\n', '---\r\n', '--- # x\n'),
        fc.constantFrom('', '---\n', '# first\n---\n', '\uFEFF'),
        async (texts, separator, head) => {
          const text = head + texts.join(separator);
          fc.pre(text.trim() !== '');
          expect(await succeeds(text)).toBe(text);
        },
      ),
      runs,
    ));

  test('the texts of others stand in the output as they stood in the input', () =>
    fc.assert(
      fc.asyncProperty(otherText, rayObject('a'), otherText, async (before, object, after) => {
        const out = await succeeds([before, rayText(object), after].join('---\n'));
        expect(out.startsWith(`${before}---\n`)).toBe(true);
        expect(out.endsWith(`---\n${after}`)).toBe(true);
      }),
      runs,
    ));
});

test('an error never leaves a byte on stdout, wherever a stream is broken', () =>
  fc.assert(
    fc.asyncProperty(
      stream,
      fc.nat(),
      fc.constantFrom('\t', '"', '{{', '*x', '[', 'tlsOption: {}\n', '\u0000', ': '),
      async (text, at, junk) => {
        const place = text.length === 0 ? 0 : at % text.length;
        const { exitCode, stdout, stderr } = await expand(text.slice(0, place) + junk + text.slice(place));
        expect(stderr).not.toMatch(/\n\s+at /);
        if (exitCode !== 0) {
          expect(stdout).toBe('');
          expect(stderr).not.toBe('');
        }
      },
    ),
    { numRuns: 400 },
  ));

/** What of an object must be found again: all of it but our fields. Lists may have grown at their end. */
function withoutFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutFields);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key]) => key !== 'networkIsolation' && key !== 'tlsOptions' && key !== 'env',
  );
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutFields(child)]));
}

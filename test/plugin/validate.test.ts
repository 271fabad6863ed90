// validate and expand are one judgement: what expand refuses validate refuses in the same words, and what validate has besides
// is about what expand leaves alone.
import { describe, expect, test } from 'vitest';
import { expand } from '../../plugin/expand.ts';
import type { Finding } from '../../plugin/findings/finding.ts';
import { printFinding } from '../../plugin/findings/print-text.ts';
import { readManifests } from '../../plugin/manifests/read.ts';
import { validate } from '../../plugin/validate.ts';
import { ioFor } from '../support/case.ts';
import { makeSettings } from '../support/settings.ts';

const settings = makeSettings();
const { loadValidator } = ioFor('/');

const read = (text: string) => readManifests({ file: 'a.yaml', text }, settings).manifests;
const print = (findings: readonly Finding[]): string[] => findings.map(printFinding).sort();
const judge = (text: string, allKinds = false) =>
  validate(read(text), { settings, loadValidator, allKinds, isExpanded: false });

const head = '{rayStartParams: {}, template: {spec: {containers: [{name: head, image: "rayproject/ray:2.52.0"}]}}}';
const cluster = (spec: string, name = 'demo'): string =>
  `apiVersion: ray.io/v1\nkind: RayCluster\nmetadata: {name: ${name}, namespace: ml}\nspec: {${spec}headGroupSpec: ${head}}\n`;

describe('of an object with our fields', () => {
  test.each([
    'networkIsolation: {}, ',
    'networkIsolation: {mode: denyall}, ',
    'tlsOptions: {duration: 90d}, ',
    'networkIsolation: {}, unknown: 1, ',
    'networkIsolation: null, ',
    'enableMTLS: true, ',
  ])('%s says what expand says', (spec) => {
    const text = cluster(spec);
    // What a roll-out does is told by validate alone.
    const said = judge(text).findings.filter(({ code }) => code !== 'ISOLATION_RUNNING_PODS');
    expect(print(said)).toEqual(print(expand(read(text), settings, loadValidator).findings));
  });

  test('two that share their names are found across documents', () => {
    const text = `${cluster('networkIsolation: {}, ')}---\n${cluster('networkIsolation: {}, ')}`;
    expect(judge(text).findings.map(({ code }) => code)).toContain('OBJECT_TWICE');
  });

  test('a generated name that another document has is found, though that document is read here', () => {
    const policy =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: demo-raycluster, namespace: ml}\n';
    const text = `${policy}---\n${cluster('networkIsolation: {}, ')}`;
    expect(judge(text).findings.map(({ code }) => code)).toContain('NAME_COLLISION');
  });
});

describe('of an object without our fields', () => {
  test('expand says nothing, whatever is wrong with it', () => {
    const text = cluster('unknown: 1, ');
    expect(expand(read(text), settings, loadValidator)).toMatchObject({ findings: [], manifests: [{ text }] });
    expect(judge(text).findings.map(({ code }) => code)).toEqual(['SCHEMA_UNKNOWN_FIELD']);
  });

  test('what goes wrong with any Ray object is said, unless it is accepted', () => {
    const codes = (text: string): string[] => judge(text).findings.map(({ code }) => code);
    const script = '{name: head, image: a, command: [bash, -c], args: ["a\\r\\nb"]}';
    const text = cluster('enableInTreeAutoscaling: true, ').replace(/\[\{name: head.*?\}\]/, `[${script}]`);
    expect(codes(text)).toEqual(['SHELL_CARRIAGE_RETURN']);
    const accept = (code: string): string =>
      text.replace('namespace: ml', `namespace: ml, annotations: {rayshield.io/accept: ${code}}`);
    expect(codes(accept('SHELL_CARRIAGE_RETURN'))).toEqual([]);
    expect(codes(accept('SHELL_CARRIAGE_RETRUN'))).toEqual(['SHELL_CARRIAGE_RETURN', 'ACCEPT_UNKNOWN']);
  });

  test('a RayJob that runs on another cluster needs no spec of its own', () => {
    const text =
      'apiVersion: ray.io/v1\nkind: RayJob\nmetadata: {name: a}\nspec: {entrypoint: a, clusterSelector: {ray.io/cluster: b}}\n';
    expect(judge(text).findings).toEqual([]);
  });

  test.each([
    ['spec: null', []],
    ['spec: []', ['SCHEMA_TYPE']],
    ['spec: text', ['SCHEMA_TYPE']],
    ['metadata: {name: [a]}', []],
    ['status: 1', []],
  ])('%s breaks nothing', (line, codes) => {
    const rest = line.startsWith('metadata') ? line : `metadata: {name: a}\n${line}`;
    const found = judge(`apiVersion: ray.io/v1\nkind: RayCluster\n${rest}\n`).findings.map(({ code }) => code);
    expect(found).toEqual(expect.arrayContaining(codes));
  });
});

describe('what was looked at', () => {
  test('documents that say nothing do not count, items of a List do', () => {
    const list = `apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Secret, metadata: {name: a}}, {apiVersion: ray.io/v1, kind: RayJob, metadata: {name: b}}]\n`;
    const { documents, objects } = judge(`# a comment\n---\n${list}---\n${cluster('')}`);
    expect(documents).toBe(2);
    expect(objects.map(({ resource, isRay, hasSchema }) => [resource.kind, isRay, hasSchema])).toEqual([
      ['Secret', false, false],
      ['RayJob', true, true],
      ['RayCluster', true, true],
    ]);
  });

  test('other kinds have a schema only where all kinds are asked for', () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {porst: 1}\n';
    expect(judge(service)).toMatchObject({ findings: [], objects: [{ hasSchema: false }] });
    expect(judge(service, true)).toMatchObject({
      findings: [{ code: 'SCHEMA_UNKNOWN_FIELD' }],
      objects: [{ hasSchema: true }],
    });
  });
});

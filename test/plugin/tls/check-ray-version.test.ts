import { expect, test } from 'vitest';
import type { SpecParts } from '../../support/ray-spec.ts';
import { checkCluster, listFindings } from '../../support/tls-check.ts';

const image = (group: string) => `spec.${group}.template.spec.containers.0.image`;
const [head, worker] = [image('headGroupSpec'), image('workerGroupSpecs.0')];

/** A cluster of one release: rayVersion, head and worker group. */
const running = (rayVersion: string | undefined, headImage: string, workerImage = headImage): SpecParts => ({
  cluster: { rayVersion },
  head: { ray: { image: headImage } },
  worker: { ray: { image: workerImage } },
});

test.each([
  ['2.60.0', []],
  ['2.46.0', []],
  ['3.0.0', []],
  ['2.45.0', ['TLS_RAY_UNTESTED spec.rayVersion']],
  ['2.38.0', ['TLS_RAY_UNTESTED spec.rayVersion']],
  ['2.37.0', ['TLS_RAY_UNSUPPORTED spec.rayVersion']],
  ['2.9.3', ['TLS_RAY_UNSUPPORTED spec.rayVersion']],
  ['1.13.0', ['TLS_RAY_UNSUPPORTED spec.rayVersion']],
])('Ray %s, told once for the whole cluster: %j', (release, findings) => {
  expect(listFindings(running(release, `rayproject/ray:${release}-py311-gpu`))).toEqual(findings);
});

test('a release without its patch is judged by what it says', () => {
  expect(listFindings(running('2.46', 'rayproject/ray:2.46.0'))).toEqual([]);
  expect(listFindings(running('2.38', 'rayproject/ray:2.38.0'))[0]).toBe('TLS_RAY_UNTESTED spec.rayVersion');
});

test.each([
  'rayproject/ray:2.9.0-py310-gpu',
  'rayproject/ray-ml:2.9.0',
  'registry.example:5000/ray:2.9.0',
  'rayproject/ray:2.9.0@sha256:9c1d',
])('the tag of each group tells too: %s', (old) => {
  expect(listFindings(running(undefined, old))).toEqual([`TLS_RAY_UNSUPPORTED ${head}`]);
  expect(listFindings(running(undefined, 'rayproject/ray:nightly', old))).toEqual([`TLS_RAY_UNSUPPORTED ${worker}`]);
});

test.each(['corp/ray-app:1.4.0', 'corp/training:2.9.0', 'rayproject/ray:nightly', 'rayproject/ray', 'corp/xray:1.0'])(
  'an image whose tag says nothing of Ray is left alone: %s',
  (other) => {
    expect(listFindings(running('2.52.0', other))).toEqual([]);
    expect(listFindings(running(undefined, other))).toEqual([]);
  },
);

test('groups of two releases could not join each other', () => {
  const found = checkCluster(running('2.52.0', 'rayproject/ray:2.52.0', 'rayproject/ray:2.52.1'));
  expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual([`TLS_RAY_MIXED ${worker}`]);
  expect(found[0]?.message).toContain("this image is of Ray 2.52.1 and the head's is of Ray 2.52.0");
});

test('a rayVersion that is not the release of the images misleads', () => {
  const found = checkCluster(running('2.50.0', 'rayproject/ray:2.52.0'));
  expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual(['TLS_RAY_MIXED spec.rayVersion']);
  expect(found[0]?.message).toContain("rayVersion says 2.50.0 and the head's is of Ray 2.52.0");
});

test("where the head's image says nothing, others are held against what comes first", () => {
  const [byVersion] = checkCluster(running('2.52.0', 'corp/app:1', 'rayproject/ray:2.51.0'));
  expect(byVersion).toMatchObject({ code: 'TLS_RAY_MIXED', path: worker });
  expect(byVersion?.message).toContain('rayVersion says 2.52.0');
});

test('while retiring pods are plain, and any release does', () => {
  const parts = running('2.9.0', 'rayproject/ray:2.9.0', 'rayproject/ray:2.10.0');
  expect(listFindings({ ...parts, tls: { enabled: true, retiring: true } })).toEqual([]);
});

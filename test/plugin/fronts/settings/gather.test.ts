import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../../plugin/findings/finding.ts';
import { printFinding } from '../../../../plugin/findings/print-text.ts';
import { findInput } from '../../../../plugin/fronts/files/input.ts';
import { gatherSettings } from '../../../../plugin/fronts/settings/gather.ts';
import { ioFor } from '../../../support/case.ts';
import { makeTree } from '../../../support/workdir.ts';

const header = 'apiVersion: rayshield.io/v1alpha1\nkind: RayShield\nmetadata: {name: rayshield}\n';
const withSettings = (settings: string): string => `${header}spec: {settings: {${settings}}}\n`;

function gather(cwd: string, paths: readonly string[] = ['.'], env: Record<string, string> = {}) {
  const findings: Finding[] = [];
  const { roots } = findInput(paths, cwd, []);
  const given = (setting: 'namespace', raw: string, spelling: string) => [{ setting, raw, spelling, path: [setting] }];
  const upper = {
    environment: env['NAMESPACE'] ? given('namespace', env['NAMESPACE'], 'variable') : [],
    parameters: env['PARAMETER'] ? given('namespace', env['PARAMETER'], 'parameter') : [],
    flags: env['FLAG'] ? given('namespace', env['FLAG'], 'flag') : [],
  };
  const { settings, origins } = gatherSettings(ioFor(cwd, env), roots, upper, findings);
  return { settings, origins, messages: findings.map(printFinding) };
}

test('the layers go over each other in their order', () => {
  const cwd = makeTree({
    'platform.yaml': withSettings('namespace: from-platform'),
    'app/rayshield.yaml': withSettings('namespace: from-source'),
  });
  const env: Record<string, string> = { RAYSHIELD_PLATFORM: 'platform.yaml' };
  const seen = [gather(cwd, ['.'], env).settings.namespace, gather(cwd, ['app'], env).settings.namespace];
  for (const layer of ['NAMESPACE', 'PARAMETER', 'FLAG']) {
    env[layer] = layer.toLowerCase();
    seen.push(gather(cwd, ['app'], env).settings.namespace);
  }
  expect(seen).toEqual(['from-platform', 'from-source', 'namespace', 'parameter', 'flag']);
});

test('a finding points into the file', () => {
  const cwd = makeTree({
    'rayshield.yaml': `${header}spec:\n  settings:\n    dns: [any, nonsense]\n    clusterDomian: a.b\n`,
  });
  expect(gather(cwd).messages).toEqual([
    expect.stringMatching(/^rayshield\.yaml:7:5: error SETTING_UNKNOWN .*clusterDomain\?$/),
    expect.stringMatching(
      /^rayshield\.yaml:6:16: error SETTING_INVALID spec\.settings\.dns\[1\]: entry 2 of dns must be/,
    ),
  ]);
});

test('the file is read as Kubernetes reads it: off is a boolean, and 1.6 a number', () => {
  const { settings, messages } = gather(
    makeTree({ 'rayshield.yaml': withSettings('apiServer: off, kuberayVersion: 1.6') }),
  );
  expect(messages).toEqual([]);
  expect(settings).toMatchObject({ apiServer: 'off', kuberayVersion: '1.6' });
});

describe('the source file', () => {
  test('stands beside a file that is named', () => {
    const cwd = makeTree({ 'app/rayshield.yaml': withSettings('namespace: ml'), 'app/x.yaml': '', 'y.yaml': '' });
    expect(gather(cwd, ['app/x.yaml']).settings.namespace).toBe('ml');
    expect(gather(cwd, ['y.yaml']).settings.namespace).toBe('');
  });

  test('is one: two paths with files of their own are refused', () => {
    const cwd = makeTree({ 'a/rayshield.yaml': header, 'b/rayshield.yaml': header, 'a/x.yaml': '' });
    expect(gather(cwd, ['a', 'a/x.yaml']).messages).toEqual([]);
    expect(gather(cwd, ['a', 'b']).messages).toEqual([
      expect.stringMatching(
        /SETTINGS_FILES_SEVERAL: the paths have settings files of their own: a\/rayshield\.yaml, b\/ray/,
      ),
    ]);
  });

  test('may not lock', () => {
    expect(gather(makeTree({ 'rayshield.yaml': `${header}lock: [dns]\n` })).messages).toEqual([
      expect.stringMatching(/^rayshield\.yaml:4:1: error SETTINGS_LOCK_PLACE/),
    ]);
  });

  test.each([
    ['', 'a settings file holds one document, not 0'],
    ['# nothing\n---\n', 'a settings file holds one document, not 0'],
    [`${header}---\n${header}`, 'a settings file holds one document, not 2'],
    [`${header}spec: {`, 'YAML_SYNTAX'],
    [`${header}kind: RayShield\n`, 'YAML_DUPLICATE_KEY'],
    [`${header}spec: *all\n`, 'YAML_ALIAS'],
  ])('%j is refused', (text, message) => {
    const { messages } = gather(makeTree({ 'rayshield.yaml': text }));
    expect(messages.join('\n')).toContain(message);
    expect(messages.join('\n')).toMatch(/^rayshield\.yaml:/);
  });

  test('is not read from outside, nor through a link that leads nowhere', () => {
    const cwd = makeTree({ 'outside.yaml': withSettings('namespace: ml'), 'a/': '', 'b/': '' });
    symlinkSync('../outside.yaml', join(cwd, 'a/rayshield.yaml'));
    symlinkSync('missing.yaml', join(cwd, 'b/rayshield.yaml'));
    expect(gather(cwd, ['a'])).toMatchObject({
      settings: { namespace: '' },
      messages: [expect.stringMatching(/^a\/rayshield\.yaml: error LINK_OUTSIDE/)],
    });
    expect(gather(cwd, ['b']).messages).toEqual([expect.stringMatching(/^b\/rayshield\.yaml: error FILE_UNREADABLE/)]);
  });
});

describe('the platform file', () => {
  test('may be a link, as a mounted ConfigMap is', () => {
    const cwd = makeTree({ 'data/p.yaml': withSettings('namespace: ml'), 'app/x.yaml': '' });
    symlinkSync('data/p.yaml', join(cwd, 'p.yaml'));
    const { settings, origins } = gather(cwd, ['app'], { RAYSHIELD_PLATFORM: join(cwd, 'p.yaml') });
    const from = expect.stringMatching(/\/p\.yaml:4:19$/);
    expect([settings.namespace, origins.namespace]).toEqual(['ml', { layer: 'platform file', from, isLocked: false }]);
  });

  test('locks what later layers would change', () => {
    const cwd = makeTree({
      'p.yaml': `${withSettings('namespace: ml')}lock: [namespace, issuerRef]\n`,
      'app/rayshield.yaml': withSettings('issuerRef: mine'),
    });
    const { settings, messages } = gather(cwd, ['app'], { RAYSHIELD_PLATFORM: 'p.yaml', FLAG: 'other' });
    expect(settings).toMatchObject({ namespace: 'ml', issuerRef: undefined });
    expect(messages).toEqual([
      expect.stringMatching(
        /^app\/rayshield\.yaml:4:\d+: error SETTING_LOCKED spec\.settings\.issuerRef: this changes issuerRef/,
      ),
      expect.stringMatching(/^error SETTING_LOCKED: flag changes namespace, which the platform file locks/),
    ]);
  });

  test.each(['', ' '])('whose variable is set to %j fails the run too', (path) => {
    const { messages } = gather(makeTree({ 'x.yaml': '' }), ['.'], { RAYSHIELD_PLATFORM: path });
    expect(messages).toEqual([expect.stringMatching(/^error PLATFORM_PATH: RAYSHIELD_PLATFORM is set and empty/)]);
  });

  test('that is missing fails the run: its locks would be lost', () => {
    const { messages } = gather(makeTree({ 'x.yaml': '' }), ['.'], { RAYSHIELD_PLATFORM: '/nowhere/p.yaml' });
    expect(messages).toEqual([expect.stringMatching(/^\/nowhere\/p\.yaml: error FILE_UNREADABLE.*it does not exist/)]);
  });
});

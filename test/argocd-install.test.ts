// deploy/argocd and the Applications of deploy/examples/argocd, as far as Node alone can tell: the lab builds them with kustomize and
// shows them to an API server.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readParameters } from '../plugin/fronts/argocd/parameters.ts';
import { resolveSettings } from '../plugin/settings/resolve.ts';
import { ioFor } from './support/case.ts';
import { collectReports } from './support/reports.ts';
import { run } from './support/run.ts';
import { makeTree } from './support/workdir.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const patched = parse(read('deploy/argocd/sidecar/repo-server.yaml')).spec.template.spec;
const values = parse(read('deploy/argocd/sidecar/helm-values.yaml'));

describe('the sidecar', () => {
  test('is the same in the component and in the values of the chart', () => {
    expect(values.repoServer.extraContainers).toEqual(patched.containers);
    expect(values.repoServer.volumes).toEqual(patched.volumes);
    const [{ data }] = values.extraObjects;
    expect(parse(data['platform.yaml'])).toEqual(parse(read('deploy/argocd/sidecar/platform.yaml')));
  });

  test('has all that it mounts, and may write to /tmp alone', () => {
    const [{ volumeMounts, securityContext }] = patched.containers;
    const own = ['var-files', 'plugins', ...patched.volumes.map(({ name }: { name: string }) => name)];
    expect(volumeMounts.map(({ name }: { name: string }) => name)).toEqual(own);
    expect(securityContext).toMatchObject({ runAsUser: 999, readOnlyRootFilesystem: true });
  });

  test('begins with a platform file that is one', async () => {
    const cwd = makeTree({
      'platform.yaml': read('deploy/argocd/sidecar/platform.yaml'),
      'in/a.yaml': read('deploy/quick-start.yaml'),
    });
    const ran = await run(['expand', 'in'], ioFor(cwd, { RAYSHIELD_PLATFORM: 'platform.yaml' }), '0.0.0');
    expect(ran).toMatchObject({ exitCode: 0 });
  });
});

const examples = readdirSync(join(root, 'deploy/examples/argocd')).sort();

test('each kind of source has an Application and an ApplicationSet', () => {
  const kinds = ['directory', 'helm', 'kustomize'];
  expect(examples).toEqual(
    ['application', 'applicationset'].flatMap((kind) => kinds.map((one) => `${kind}.${one}.yaml`)),
  );
});

test.each(examples)('the parameters of %s are settings', (name) => {
  const { spec } = parse(read(`deploy/examples/argocd/${name}`));
  const { parameters } = (spec.template?.spec ?? spec).source.plugin;
  const found = collectReports((report) => {
    resolveSettings([{ name: 'parameters', given: readParameters(JSON.stringify(parameters), report), report }]);
  });
  expect(parameters.length).toBeGreaterThan(0);
  expect(found).toEqual([]);
});

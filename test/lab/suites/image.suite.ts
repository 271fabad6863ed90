// The image, without a container engine: every step of the Dockerfile is run, and what comes out is used as Argo CD's sidecar uses it,
// as user 999 on a file system that cannot be written to.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readStages } from '../../support/dockerfile.ts';
import { buildStage } from '../image/stage.ts';
import { folderOfPart, pathOfBinary } from '../parts/binary.ts';
import { npmCache } from '../parts/pre-commit.ts';
import type { Life } from '../servers/life.ts';
import { labSuite } from '../suite.ts';

const project = join(import.meta.dirname, '../../..');

/** The two images that the Dockerfile copies from, as far as it does. */
function makeImages(life: Life): Map<string, string> {
  const images = new Map<string, string>();
  const programs = [
    ['kustomize', 'app', pathOfBinary('kustomize', 'kustomize')],
    ['helm', 'usr/bin', pathOfBinary('helm-4', 'helm')],
  ] as const;
  for (const [name, folder, binary] of programs) {
    const root = join(life.folder('data'), `${name}-image`);
    mkdirSync(join(root, folder), { recursive: true });
    cpSync(binary, join(root, folder, name));
    images.set(name, root);
  }
  return images;
}

interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

labSuite('image', { parts: ['kustomize', 'helm-4', 'pre-commit'], namespaces: true }, (life) => {
  let image: string;
  let applications = 0;
  beforeAll(async () => {
    const images = makeImages(life);
    // There is no network here, but the part has a cache of npm with all that the build stands on. What is written goes to the overlay.
    process.env['npm_config_cache'] = join(folderOfPart('pre-commit'), npmCache);
    process.env['npm_config_prefer_offline'] = 'true';
    const stages = readStages(join(project, 'Dockerfile'), {});
    for (const stage of stages.slice(2)) {
      image = await buildStage(life, stage, project, images);
      if (stage.name !== '') images.set(stage.name, image);
    }
    await execa('mount', ['-o', 'remount,ro', image]);
    await execa('mount', ['-t', 'tmpfs', '-o', 'mode=1777', 'tmpfs', join(image, 'tmp')]);
  }, 600_000);

  /** Runs a command line as the sidecar does, in a folder that holds `files`. */
  async function runInImage(command: string, files: Readonly<Record<string, string>>): Promise<Ran> {
    applications += 1;
    const application = `tmp/application-${applications}`;
    const folder = join(image, application);
    mkdirSync(folder, { recursive: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const env = ['env', '-i', 'PATH=/usr/local/bin:/usr/bin:/bin', 'HOME=/nonexistent'];
    const shell = [...env, 'sh', '-c', `cd /${application} && ${command}`];
    const { exitCode, stdout, stderr } = await execa('chroot', ['--userspec=999:999', image, ...shell], {
      reject: false,
    });
    return { exitCode, stdout, stderr };
  }

  test('nothing can be written but /tmp', async () => {
    const { stdout } = await runInImage('id -u && touch /opt/rayshield/x 2>/dev/null || echo refused', {});
    expect(stdout).toBe('999\nrefused');
  });

  test('it has what the Dockerfile promises', async () => {
    const { stdout } = await runInImage('rayshield --version && kustomize version && helm version --short', {});
    const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string };
    expect(stdout).toMatch(new RegExp(`^${version}\n.*\nv4\\.`));
    expect(existsSync(join(image, 'home/argocd/cmp-server/config/plugin.yaml'))).toBe(true);
    const { components } = JSON.parse(readFileSync(join(image, 'opt/rayshield/sbom.cdx.json'), 'utf8'));
    expect(components).toContainEqual(expect.objectContaining({ name: 'yaml' }));
  });

  const chart = { 'Chart.yaml': 'apiVersion: v2\nname: ray\nversion: 0.1.0\n' };
  const kustomization = { 'kustomization.yaml': 'resources: [templates/cluster.yaml]\n' };

  test.each([
    ['plain manifests', {}],
    ['a kustomization', kustomization],
    ['a chart', chart],
  ])('the command of its plugin.yaml expands %s', async (_, files) => {
    const plugin = parse(readFileSync(join(image, 'home/argocd/cmp-server/config/plugin.yaml'), 'utf8'));
    const quickStart = readFileSync(join(project, 'deploy/quick-start.yaml'), 'utf8');
    const { exitCode, stdout, stderr } = await runInImage(plugin.spec.generate.command.join(' '), {
      ...files,
      'templates/cluster.yaml': quickStart,
    });
    expect(stderr).not.toMatch(/ error /);
    expect(exitCode).toBe(0);
    expect(parseAllDocuments(stdout).length).toBeGreaterThan(5);
  });
});

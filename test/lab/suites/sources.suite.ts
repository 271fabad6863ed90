// Sources of applications with the real kustomize and both Helms: what comes out, what users are told, and what poisoned sources get.
import { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readTree } from '../../support/workdir.ts';
import { type Asked, ask, binOf, copyRepository } from '../cases/source.ts';
import { labSuite } from '../suite.ts';

const kindsOf = (text: string): string[] =>
  parseAllDocuments(text).flatMap((document) => {
    const { kind, metadata } = (document.toJS() ?? {}) as { kind?: string; metadata?: { name: string } };
    return kind === undefined ? [] : [`${kind} ${metadata?.name}`];
  });

/** What a refused source gets: one line that says where, and nothing else. */
async function expectRefusal(asked: Asked, said: RegExp): Promise<void> {
  const { exitCode, stdout, stderr, left } = await ask(asked);
  expect({ exitCode, stdout, left }).toEqual({ exitCode: 1, stdout: '', left: [] });
  expect(stderr).toMatch(said);
  expect(stderr.length).toBeLessThan(8192);
  expect(stderr).not.toContain('root:x:0');
}

/** Whether anybody asks a server of ours while `run` runs. */
async function countRequests(run: (url: string) => Promise<unknown>): Promise<number> {
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    response.end('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fetched}\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await run(`http://127.0.0.1:${port}`);
  await new Promise((resolve) => server.close(resolve));
  return requests;
}

labSuite('sources', { parts: ['kustomize'] }, () => {
  const overlay = { path: 'kustomize/overlay', tools: ['kustomize'] } as const;

  test('an overlay on a base beside it, with settings of its own: names and namespaces are those of the build', async () => {
    const root = copyRepository();
    const before = readTree(root);
    const { exitCode, stdout, stderr, left } = await ask({ root, ...overlay });
    expect({ exitCode, stderr, left }).toEqual({ exitCode: 0, stderr: '', left: [] });
    expect(kindsOf(stdout)).toEqual([
      expect.stringMatching(/^ConfigMap prod-settings-/),
      'NetworkPolicy prod-demo-raycluster',
      'NetworkPolicy prod-demo-raycluster-head',
      'RayCluster prod-demo',
    ]);
    expect(stdout).toContain('kubernetes.io/metadata.name: "kuberay-operator"');
    expect(readTree(root)).toEqual(before);
    expect((await ask({ root, ...overlay })).stdout).toBe(stdout);
  });

  test('what is not asked of us is as kustomize prints it', async () => {
    const root = copyRepository();
    const { stdout } = await ask({ root, ...overlay });
    const built = await execa(join(binOf('kustomize'), 'kustomize'), ['build'], {
      cwd: join(root, overlay.path),
      stripFinalNewline: false,
    });
    expect(stdout.startsWith(built.stdout.slice(0, built.stdout.indexOf('---')))).toBe(true);
  });

  test('a fault is said in the words of kustomize, with the names that the user knows', async () => {
    const root = copyRepository();
    appendFileSync(join(root, overlay.path, 'kustomization.yaml'), 'unknownField: 1\n');
    await expectRefusal(
      { root, ...overlay },
      /^kustomization\.yaml: error TOOL_FAILED: kustomize ended with exit code 1 and said: Error: .*unknownField.*\n$/,
    );
    expect((await ask({ root, ...overlay })).stderr).not.toContain(root);
  });

  test('the options that an application may ask for are known to it', async () => {
    const root = copyRepository();
    const options = ['enable-managedby-label', 'reorder=legacy', 'load-restrictor=LoadRestrictionsRootOnly'];
    const { exitCode, stdout, stderr } = await ask({
      root,
      ...overlay,
      parameters: [{ name: 'kustomizeOptions', array: options }],
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('app.kubernetes.io/managed-by');
    expect(stderr).toContain('info TOOL_SAYS: kustomize said: ');
  });

  test('nothing is fetched, in whatever spelling that this kustomize would fetch', async () => {
    const root = copyRepository();
    const file = join(root, overlay.path, 'kustomization.yaml');
    const plain = readFileSync(file, 'utf8');
    const spelt = (url: string): string[] => [
      `configurations: ["${url}/a"]`,
      `Crds: ["${url}/a"]`,
      `openapi: {path: "${url}/a"}`,
      `transformers:\n- |\n  apiVersion: builtin\n  kind: PatchTransformer\n  metadata: {name: a}\n  path: ${url}/a\n`,
    ];
    const requests = await countRequests(async (url) => {
      for (const fields of spelt(url)) {
        writeFileSync(file, `${plain}${fields}\n`);
        await expectRefusal({ root, ...overlay }, /^kustomization\.yaml:\d+:\d+: error KUSTOMIZE_REMOTE /);
      }
    });
    expect(requests).toBe(0);
    // The same spellings do make it ask where that is allowed.
    const asked = await countRequests(async (url) => {
      for (const fields of spelt(url)) {
        writeFileSync(file, `${plain}${fields}\n`);
        await ask({ root, ...overlay, env: { RAYSHIELD_ALLOW: 'network' } });
      }
    });
    expect(asked).toBeGreaterThanOrEqual(4);
  });

  test('functions are refused before kustomize would skip them with success', async () => {
    const root = copyRepository();
    const parameters = [{ name: 'kustomizeOptions', array: ['enable-alpha-plugins', 'enable-exec'] }];
    await expectRefusal(
      { root, ...overlay, parameters },
      /^error KUSTOMIZE_OPTION_OFF: --enable-alpha-plugins .*\nerror KUSTOMIZE_OPTION_OFF: --enable-exec /,
    );
  });

  test('a poisoned source: bases and files beyond the root, by .. and by links', async () => {
    const root = copyRepository();
    const folder = join(root, overlay.path);
    symlinkSync('/etc', join(folder, 'linked'));
    symlinkSync('/etc/passwd', join(folder, 'secret.txt'));
    writeFileSync(
      join(folder, 'kustomization.yaml'),
      'resources: [../../../../../../../../etc, linked]\nconfigMapGenerator: [{name: a, files: [secret.txt, ../../../../../../../../etc/passwd]}]\n',
    );
    await expectRefusal({ root, ...overlay }, /^(kustomization\.yaml:\d+:\d+: error SOURCE_PATH_OUTSIDE .*\n){4}$/);
  });

  test('plain manifests, and parameters that tell what is there', async () => {
    const root = copyRepository();
    const { exitCode, stdout, stderr } = await ask({ root, path: 'plain', tools: [] });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(readFileSync(join(root, 'plain/config.yaml'), 'utf8'));
    const announced = await ask({ root, ...overlay, verb: 'parameters' });
    expect(JSON.parse(announced.stdout)).toContainEqual(
      expect.objectContaining({
        name: 'source',
        tooltip: expect.stringMatching(/Found here: a kustomization; RayCluster prod-demo\.$/),
      }),
    );
  });
});

for (const helm of ['helm-4', 'helm-3'] as const) {
  labSuite(`sources-${helm}`, { parts: [helm] }, () => {
    const chart = { path: 'helm', tools: [helm] } as const;
    const all = [
      'CustomResourceDefinition widgets.example.com',
      'ConfigMap facts',
      'NetworkPolicy demo-raycluster',
      'NetworkPolicy demo-raycluster-head',
      'RayCluster demo',
      'Job prepare',
      'Job check',
    ];

    test('a chart with its CRDs, hook and test, told what the cluster is', async () => {
      const root = copyRepository();
      const before = readTree(root);
      const { exitCode, stdout, stderr, left } = await ask({ root, ...chart });
      expect({ exitCode, stderr, left }).toEqual({ exitCode: 0, stderr: '', left: [] });
      expect(kindsOf(stdout).sort()).toEqual([...all].sort());
      expect(stdout).toContain('kubernetes: v1.36.3');
      expect(stdout).toContain('hasCertManager: "true"');
      expect(stdout).toContain('# Source: ray/templates/cluster.yaml\napiVersion: "ray.io/v1"');
      expect(stdout).not.toContain('Thanks for installing');
      expect(readTree(root)).toEqual(before);
      expect((await ask({ root, ...chart })).stdout).toBe(stdout);
    });

    test('values files, values and parameters, in the order in which later ones win', async () => {
      const parameters = [
        { name: 'helmValueFiles', array: ['values-production.yaml'] },
        { name: 'helmValues', string: 'image: {tag: 2.50.0}\ngreeting: values\n' },
        { name: 'helmSet', map: { greeting: 'a, "b" and {c}' } },
        { name: 'helmSetString', map: { 'image.tag': '2.51.0' } },
        { name: 'helmSkipTests', string: 'true' },
        { name: 'helmSkipCrds', string: 'true' },
        { name: 'helmReleaseName', string: 'other' },
      ];
      const { exitCode, stdout } = await ask({ root: copyRepository(), ...chart, parameters });
      expect(exitCode).toBe(0);
      expect(kindsOf(stdout).sort()).toEqual([
        ...['ConfigMap facts', 'Job prepare', 'NetworkPolicy other-raycluster', 'NetworkPolicy other-raycluster-head'],
        'RayCluster other',
      ]);
      expect(stdout).toContain('rayproject/ray:2.51.0');
      expect(stdout).toContain('greeting: "a, \\"b\\" and {c}"');
      expect(stdout).toContain('rayshield.io/applied: "networkIsolation=denyAll"');
    });

    test('a file as a value', async () => {
      const root = copyRepository();
      writeFileSync(join(root, 'helm/text, with comma'), 'from a file');
      const parameters = [{ name: 'helmSetFile', map: { greeting: 'text, with comma' } }];
      expect((await ask({ root, ...chart, parameters })).stdout).toContain('greeting: "from a file"');
    });

    test('a fault in a template is placed in it, and one in what it prints too', async () => {
      const root = copyRepository();
      appendFileSync(join(root, 'helm/templates/facts.yaml'), '  broken: {{ .Values.no.such }}\n');
      await expectRefusal(
        { root, ...chart },
        /^templates\/facts\.yaml:9:\d+: error TOOL_FAILED: helm ended with exit code 1 and said: Error: /,
      );
      const other = copyRepository();
      const wrong = [{ name: 'helmSet', map: { 'isolation.mode': 'denyall' } }];
      await expectRefusal(
        { root: other, ...chart, parameters: wrong },
        /^helm template: templates\/cluster\.yaml:\d+:\d+: error /,
      );
    });

    test('a dependency of the repository is put in, and one of elsewhere is refused without a request', async () => {
      const root = copyRepository();
      const before = readTree(root);
      const { exitCode, stdout, stderr, left } = await ask({ root, path: 'dependent', tools: [helm] });
      expect({ exitCode, stderr, left }).toEqual({ exitCode: 0, stderr: '', left: [] });
      expect(kindsOf(stdout)).toEqual(['ConfigMap demo-common']);
      expect(readTree(root)).toEqual(before);
      const requests = await countRequests(async (url) => {
        const file = join(root, 'dependent/Chart.yaml');
        writeFileSync(file, readFileSync(file, 'utf8').replace('file://../common', url));
        await expectRefusal(
          { root, path: 'dependent', tools: [helm] },
          /^Chart\.yaml: error HELM_DEPENDENCY_REMOTE: .*common/,
        );
      });
      expect(requests).toBe(0);
    });

    test('a vendored dependency needs nothing', async () => {
      const root = copyRepository();
      const vendored = join(root, 'dependent/charts');
      mkdirSync(vendored);
      await execa(join(binOf(helm), 'helm'), ['package', '../common', '--destination', 'charts'], {
        cwd: join(root, 'dependent'),
      });
      rmSync(join(root, 'common'), { recursive: true });
      const { exitCode, stdout } = await ask({ root, path: 'dependent', tools: [helm] });
      expect([exitCode, kindsOf(stdout)]).toEqual([0, ['ConfigMap demo-common']]);
    });

    test('a poisoned chart: links out, values from elsewhere, keys that name files', async () => {
      const root = copyRepository();
      const values = [{ name: 'helmValueFiles', array: ['../../../../../../../../etc/passwd'] }];
      await expectRefusal(
        { root, ...chart, parameters: values },
        /^error HELM_FILE_OUTSIDE: entry 1 of helmValueFiles /,
      );
      const keys = [{ name: 'helmSetFile', map: { 'a=/etc/passwd,greeting': 'values.yaml' } }];
      await expectRefusal({ root, ...chart, parameters: keys }, /^error SETTING_INVALID: parameter helmSetFile /);
      symlinkSync('/etc/passwd', join(root, 'helm/files.txt'));
      await expectRefusal({ root, ...chart }, /^files\.txt: error LINK_OUTSIDE: /);
    });

    test('a template without an end is ended by the time limit', async () => {
      const root = copyRepository();
      writeFileSync(join(root, 'helm/templates/endless.yaml'), '{{ range until 2000000000 }}{{ end }}\n');
      const { exitCode, stdout, stderr, left } = await ask({
        root,
        ...chart,
        parameters: [{ name: 'timeout', string: '3s' }],
      });
      expect({ exitCode, stdout, left }).toEqual({ exitCode: 1, stdout: '', left: [] });
      expect(stderr).toMatch(/error TOOL_(TIME|FAILED): helm /);
    });

    test('thousands of API versions are no matter', async () => {
      const versions = Array.from({ length: 5000 }, (_, index) => `g${index}.io/v1`).join(',');
      const { exitCode } = await ask({
        root: copyRepository(),
        ...chart,
        env: { KUBE_API_VERSIONS: `v1,cert-manager.io/v1,${versions}` },
      });
      expect(exitCode).toBe(0);
    });
  });
}

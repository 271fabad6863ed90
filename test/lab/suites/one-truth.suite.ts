// One truth with the real tools: the twenty inputs of test/one-truth.test.ts through kustomize with rayshield as a function, through Helm
// 3 and 4 with rayshield as a post-renderer, and through render with each of them as the source's tool, give the objects of expand.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ioFor } from '../../support/case.ts';
import { readObjects, sorted, type TruthCase, truthCases } from '../../support/one-truth.ts';
import { run } from '../../support/run.ts';
import { makeTree } from '../../support/workdir.ts';
import { makeToolFolder, root, type ToolFolder } from '../renderers/tool-folder.ts';
import { labSuite } from '../suite.ts';

const kustomization = (more: string): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n${more}`;

const transformer = `apiVersion: rayshield.io/v1alpha1
kind: RayShield
metadata:
  name: rayshield
  annotations:
    config.kubernetes.io/function: |
      exec: {path: rayshield}
`;

const chart = 'apiVersion: v2\nname: one-truth\nversion: 0.1.0\n';

/** A folder for each input as each tool takes it. */
const filesOf = ({ name, text }: TruthCase): Record<string, string> => ({
  [`${name}/plain/a.yaml`]: text,
  [`${name}/function/a.yaml`]: text,
  [`${name}/function/rayshield.yaml`]: transformer,
  [`${name}/function/kustomization.yaml`]: kustomization('transformers: [rayshield.yaml]\n'),
  [`${name}/source/a.yaml`]: text,
  [`${name}/source/kustomization.yaml`]: kustomization(''),
  [`${name}/chart/Chart.yaml`]: chart,
  [`${name}/chart/templates/a.yaml`]: text,
});

/** Lines of a shell in the folder of an input that print objects. */
const kustomizeWays = {
  'a function of kustomize': 'kustomize build --enable-alpha-plugins --enable-exec function',
  'a pipe behind kustomize': 'kustomize build source | rayshield',
  'render, of which kustomize builds what it wrote': 'rayshield render plain --out out && kustomize build out',
  'render of a kustomization': 'rayshield render source --out built && kustomize build built',
};

const helmWays = {
  'a post-renderer of Helm': 'helm template one chart --namespace ml --post-renderer rayshield',
  'a pipe behind Helm': 'helm template one chart --namespace ml | rayshield',
  'render of a chart':
    'rayshield render chart --out out --helm-release-name one && rm out/kustomization.yaml && for file in out/*; do echo ---; cat "$file"; done',
};

function declare(tools: () => ToolFolder, ways: Readonly<Record<string, string>>): void {
  describe.each(truthCases)('$name', ({ name, text, env }) => {
    test.each(Object.entries(ways))('%s', async (_, line) => {
      const expected = await run(['expand', 'plain'], ioFor(makeTree({ 'plain/a.yaml': text }), env), '0');
      expect(expected.exitCode, expected.stderr).toBe(0);
      const { exitCode, stdout, stderr } = await tools().run(line, { cwd: name, env });
      expect(exitCode, stderr).toBe(0);
      expect(sorted(readObjects(stdout))).toEqual(sorted(readObjects(expected.stdout)));
    });
  });
}

labSuite('one-truth-kustomize', { parts: ['kustomize'] }, (life) => {
  let tools: ToolFolder;
  beforeAll(() => {
    tools = makeToolFolder(life.folder('data'), { kustomize: 'kustomize' });
    for (const one of truthCases) tools.write(filesOf(one));
  });
  declare(() => tools, kustomizeWays);
});

for (const version of [3, 4] as const) {
  labSuite(`one-truth-helm-${version}`, { parts: [`helm-${version}`] }, (life) => {
    let tools: ToolFolder;
    beforeAll(async () => {
      tools = makeToolFolder(life.folder('data'), { helm: `helm-${version}` });
      for (const one of truthCases) tools.write(filesOf(one));
      if (version === 3) return;
      const installed = await tools.run(`helm plugin install ${join(root, 'deploy/helm-plugin')}`);
      expect(installed).toMatchObject({ exitCode: 0 });
    });
    declare(() => tools, helmWays);
  });
}

// The lines of docs/editors.md with the real kubeconform: our schemas take what people write and what rayshield prints, and refuse
// a field that nobody knows.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { fixtures, listCases, runCase } from '../../support/case.ts';
import { fencedBlocks } from '../../support/page.ts';
import { isRay, readPrinted } from '../cases/printed.ts';
import { haveSamples, listSamples, readSample, sampleFlags, withoutSamples } from '../cases/samples.ts';
import { pathOfBinary } from '../parts/binary.ts';
import { labSuite } from '../suite.ts';

const root = join(import.meta.dirname, '../../..');
const [before = '', after = ''] = fencedBlocks(readFileSync(join(root, 'docs/editors.md'), 'utf8'), 'sh');
// What the lines leave out: objects of kinds that rayshield does not make.
const ignoring = (line: string): string =>
  line.replaceAll('kubeconform -strict', 'kubeconform -ignore-missing-schemas -strict');

labSuite('kubeconform', { parts: ['kubeconform'] }, (life) => {
  let folder: string;
  let env: Record<string, string>;

  beforeAll(() => {
    folder = life.folder('data');
    const bin = join(folder, 'bin');
    for (const name of ['bin', 'node_modules', 'manifests']) mkdirSync(join(folder, name), { recursive: true });
    symlinkSync(root, join(folder, 'node_modules/rayshield'));
    symlinkSync(join(root, 'dist/rayshield.cjs'), join(bin, 'rayshield'));
    symlinkSync(pathOfBinary('kubeconform', 'kubeconform'), join(bin, 'kubeconform'));
    env = { PATH: [bin, join(process.execPath, '..'), process.env['PATH']].join(delimiter) };
  });

  const run = (line: string, manifest: string) => {
    writeFileSync(join(folder, 'manifests/a.yaml'), manifest);
    return execa('bash', ['-o', 'pipefail', '-c', line], { cwd: folder, env, reject: false, all: true });
  };

  const isWhole = ({ apiVersion, kind }: { apiVersion?: string; kind?: string }): boolean =>
    apiVersion !== undefined && kind !== undefined;
  const print = (objects: readonly unknown[]): string =>
    objects.map((object) => stringify(object, { version: '1.1' })).join('---\n');

  describe('what rayshield prints is valid', () => {
    test('every expected output', async () => {
      const printed: unknown[] = [];
      for (const name of listCases('expand')) {
        const { stdout } = await runCase(join(fixtures, 'expand', name));
        printed.push(
          ...readPrinted(stdout)
            .map(({ object }) => object)
            .filter(isWhole),
        );
      }
      const line = ignoring(after.slice(after.indexOf('kubeconform'))).trimEnd();
      const { exitCode, all = '' } = await run(`cat manifests/a.yaml | ${line}`, print(printed));
      expect({ exitCode, all }).toMatchObject({ exitCode: 0 });
      expect(Number(/Valid: (\d+)/.exec(all)?.[1])).toBeGreaterThan(500);
      expect(all).toMatch(/Invalid: 0, Errors: 0/);
    });

    test.skipIf(!haveSamples)(
      `every sample with our fields ${haveSamples ? '' : withoutSamples}`,
      async () => {
        const line = ignoring(after).replace('--operator-namespace kuberay-operator', sampleFlags.join(' '));
        let valid = 0;
        for (const path of listSamples()) {
          const { exitCode, all = '' } = await run(line, readSample(path));
          // What expand refuses is no output.
          if (all.includes(': error ')) continue;
          expect({ path, exitCode, all }).toMatchObject({ exitCode: 0 });
          valid += Number(/Valid: (\d+)/.exec(all)?.[1]);
        }
        expect(valid).toBeGreaterThan(200);
      },
      300_000,
    );
  });

  describe('what people write', () => {
    const quickStart = readFileSync(join(root, 'deploy/quick-start.yaml'), 'utf8');

    test('is valid with the two fields in it', async () => {
      const rays = readPrinted(quickStart)
        .map(({ object }) => object)
        .filter(isRay);
      const { exitCode, all } = await run(before, print(rays));
      expect({ exitCode, all }).toMatchObject({
        exitCode: 0,
        all: expect.stringMatching(/Valid: [1-9]\d*, Invalid: 0/),
      });
    });

    test('is invalid with a misspelt field, which is named', async () => {
      const misspelt = quickStart.replaceAll('networkIsolation:', 'networkIsolatoin:');
      expect(misspelt).not.toBe(quickStart);
      const { exitCode, all } = await run(before, misspelt);
      expect(exitCode).toBe(1);
      expect(all).toContain('networkIsolatoin');
    });

    test('the output of an object with a field too many is invalid too', async () => {
      const line = after.replace(
        ' | kubeconform',
        ' | sed "s/publishNotReadyAddresses/publishNotReadyAddress/" | kubeconform',
      );
      const { exitCode, all } = await run(line, quickStart);
      expect(exitCode).toBe(1);
      expect(all).toContain('publishNotReadyAddress');
    });
  });
});

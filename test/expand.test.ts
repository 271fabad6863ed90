// Walks fixtures/expand and fixtures/refuse: what each input becomes, and every word that is said about it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectation, fixtures, inputOf, listCases, runCase } from './support/case.ts';

test.each(listCases('expand'))('expands %s', async (name) => {
  const folder = join(fixtures, 'expand', name);
  const { exitCode, stdout, stderr } = await runCase(folder);
  expect(stderr).toBe(expectation(folder, 'findings.txt', stderr));
  expect(exitCode).toBe(0);
  const file = inputOf(folder).endsWith('.json') ? 'expected.json' : 'expected.yaml';
  expect(stdout).toBe(expectation(folder, file, stdout));
});

test.each(listCases('refuse'))('refuses %s', async (name) => {
  const folder = join(fixtures, 'refuse', name);
  const { exitCode, stdout, stderr } = await runCase(folder);
  expect(stdout).toBe('');
  expect(exitCode).toBe(1);
  expect(stderr).toBe(expectation(folder, 'expected-findings.txt', stderr));
});

test('every case says in one line why it exists', () => {
  for (const kind of ['expand', 'refuse'] as const) {
    for (const name of listCases(kind)) {
      const readme = join(fixtures, kind, name, 'README.md');
      expect(existsSync(readme), `${kind}/${name}/README.md`).toBe(true);
      expect(readFileSync(readme, 'utf8').trim(), `${kind}/${name}`).toMatch(/^[A-Z].*\.$/);
    }
  }
});

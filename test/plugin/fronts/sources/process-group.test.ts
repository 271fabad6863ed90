import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { leadsItsGroup } from '../../../../plugin/fronts/sources/process-group.ts';

const module = join(import.meta.dirname, '../../../../plugin/fronts/sources/process-group.ts');
const script = `import { leadsItsGroup } from ${JSON.stringify(module)}; console.log(leadsItsGroup(process.pid));`;
const node = [process.execPath, '--import', 'tsx', '--input-type=module', '--eval', script] as const;

test.runIf(process.platform === 'linux')(
  'a process leads the group that Argo CD gives it, and not the one it is born into',
  () => {
    const [file, ...args] = node;
    expect(execFileSync(file, args, { encoding: 'utf8' })).toBe('false\n');
    expect(spawnSync(file, args, { encoding: 'utf8', detached: true }).stdout).toBe('true\n');
  },
);

test('of another process it knows nothing', () => {
  expect(leadsItsGroup(-1)).toBe(false);
});

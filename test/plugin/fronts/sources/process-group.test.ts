import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { leadsItsGroup } from '../../../../plugin/fronts/sources/process-group.ts';

const module = join(import.meta.dirname, '../../../../plugin/fronts/sources/process-group.ts');
const script = `import { leadsItsGroup } from ${JSON.stringify(module)}; console.log(leadsItsGroup(process.pid));`;
const args = ['--import', 'tsx', '--input-type=module', '--eval', script];

test.runIf(process.platform === 'linux')(
  'a process leads the group that Argo CD gives it, and not the one that it is born into',
  async () => {
    expect((await execa(process.execPath, args)).stdout).toBe('false');
    expect((await execa(process.execPath, args, { detached: true })).stdout).toBe('true');
  },
);

test('of another process it knows nothing', () => {
  expect(leadsItsGroup(-1)).toBe(false);
});

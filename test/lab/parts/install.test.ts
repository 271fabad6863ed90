import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findCache } from './cache.ts';
import { installPart } from './install.ts';
import type { Part } from './part.ts';

beforeEach(() => vi.stubEnv('RAYSHIELD_LAB_CACHE', mkdtempSync(join(tmpdir(), 'rayshield-cache-'))));
afterEach(() => {
  rmSync(findCache(), { recursive: true });
  vi.unstubAllEnvs();
});

const said: string[] = [];

function setting({ minutesLeft = Number.POSITIVE_INFINITY, interrupt = new AbortController().signal } = {}) {
  said.length = 0;
  const budgetEnd =
    minutesLeft > 0 ? new AbortController().signal : AbortSignal.abort(new Error('the budget is used up'));
  return { minutesLeft: () => minutesLeft, interrupt, budgetEnd, say: (_: Part, line: string) => void said.push(line) };
}

function partThat(install: Part['install'], more: Partial<Part> = {}): Part {
  return {
    ...{ name: 'np-guard', pin: 'netpolicy 1', tool: 'system', required: false, compiles: false, minutes: 1 },
    ...{ sources: () => ({ pin: '1' }), provides: ['bin/netpolicy'], install },
    ...more,
  };
}

const makeNetpolicy: Part['install'] = async ({ directory }) => {
  mkdirSync(join(directory, 'bin'));
  writeFileSync(join(directory, 'bin/netpolicy'), '12345');
  return ['a remark'];
};

const listDirectories = (): string[] => readdirSync(findCache()).filter((name) => name.startsWith('np-guard-'));

// The parts here stand on nothing but the system, which has to be Linux.
describe.runIf(process.platform === 'linux')('a part', () => {
  test('is installed once, and then found', async () => {
    const install = vi.fn(makeNetpolicy);
    const first = await installPart(partThat(install), setting());
    expect(first).toMatchObject({ found: false, bytes: 5, remarks: ['a remark'] });
    expect(await installPart(partThat(install), setting())).toMatchObject({ found: true, remarks: ['a remark'] });
    expect(install).toHaveBeenCalledTimes(1);
  });

  test('is installed again where its pins have changed or a file is gone', async () => {
    const install = vi.fn(makeNetpolicy);
    await installPart(partThat(install), setting());
    await installPart(partThat(install, { sources: () => ({ pin: '2' }) }), setting());
    const [directory = ''] = listDirectories();
    rmSync(join(findCache(), directory, 'bin'), { recursive: true });
    await installPart(partThat(install), setting());
    await installPart(partThat(install, { sources: () => ({ pin: '2' }) }), setting());
    expect(install).toHaveBeenCalledTimes(3);
  });

  test('is tried once more where its registry stumbles, from an empty directory', async () => {
    const install = vi.fn(makeNetpolicy).mockImplementationOnce(async ({ directory }) => {
      mkdirSync(join(directory, 'bin'));
      throw new Error('502 Bad Gateway');
    });
    expect(await installPart(partThat(install), setting())).toMatchObject({ remarks: ['a remark'] });
    expect(said.at(-1)).toBe('once more, because: 502 Bad Gateway');
  });

  test('that a registry refuses says so once, leaves nothing, and is tried by the next set-up', async () => {
    const install = vi.fn(makeNetpolicy).mockRejectedValueOnce(new Error('m@v1: 403 Forbidden'));
    expect(await installPart(partThat(install), setting())).toMatchObject({ missing: 'm@v1: 403 Forbidden' });
    expect([install.mock.calls.length, listDirectories()]).toEqual([1, []]);
    expect(await installPart(partThat(install), setting())).toMatchObject({ found: false, remarks: ['a remark'] });
  });

  test('that lacks what it should provide is no part', async () => {
    expect(
      await installPart(
        partThat(async () => []),
        setting(),
      ),
    ).toMatchObject({ missing: 'made no bin/netpolicy' });
    expect(listDirectories()).toEqual([]);
  });

  test('is found even where the budget is used up, and otherwise not begun', async () => {
    const install = vi.fn(makeNetpolicy);
    await installPart(partThat(install), setting());
    expect(await installPart(partThat(install), setting({ minutesLeft: 0 }))).toMatchObject({ found: true });
    const other = partThat(install, { sources: () => ({ pin: '2' }) });
    expect(await installPart(other, setting({ minutesLeft: 0 }))).toMatchObject({
      missing: expect.stringMatching(/budget/),
    });
    expect(install).toHaveBeenCalledTimes(1);
  });

  test('is stopped at the end of the budget, unless it is required', async () => {
    const sleep: Part['install'] = async ({ directory, run }) => {
      await run('sleep', ['0.1']);
      return makeNetpolicy({ directory, run });
    };
    const late = { ...setting({ minutesLeft: 0 }), minutesLeft: () => 60 };
    expect(await installPart(partThat(sleep), late)).toMatchObject({ missing: 'the budget is used up' });
    expect(await installPart(partThat(sleep, { required: true }), late)).toMatchObject({ remarks: ['a remark'] });
  });

  test('that is interrupted ends its commands and what they have started, and leaves nothing', async () => {
    const interrupt = new AbortController();
    const file = join(findCache(), 'late');
    const part = partThat(async ({ run }) => {
      setTimeout(() => interrupt.abort(), 200);
      await run('sh', ['-c', `(sleep 1; touch ${file}) & wait`]);
      return [];
    });
    await expect(installPart(part, setting({ interrupt: interrupt.signal }))).rejects.toThrow(/aborted/);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect([existsSync(file), listDirectories()]).toEqual([false, []]);
  });

  test('whose command fails says what the command said last', async () => {
    const part = partThat(async ({ run }) => {
      await run('sh', ['-c', 'echo Collecting; echo "ERROR: no such wheel" >&2; exit 1']);
      return [];
    });
    expect(await installPart(part, setting())).toMatchObject({ missing: 'ERROR: no such wheel' });
  });
});

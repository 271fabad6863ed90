import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeWorkers } from '../../../../plugin/fronts/flux-controller/workers.ts';

const folder = mkdtempSync(join(tmpdir(), 'rayshield-workers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = join(folder, 'worker.cjs');
writeFileSync(
  script,
  `const { parentPort, threadId } = require('node:worker_threads');
parentPort.on('message', ({ name }) => {
  if (name === 'loops') for (;;);
  if (name === 'eats') { const kept = []; for (;;) kept.push(new Array(100000).fill(kept.length)); }
  if (name === 'ends') process.exit(0);
  if (name === 'throws') throw new Error('secret');
  parentPort.postMessage({ is: 'refused', said: String(threadId) });
});`,
);

const requestOf = (name: string) => ({ archive: '', folder: '', path: '', settings: {}, flags: [], name });

test('what loops, eats memory, ends or throws is refused, and the next rendering gets a new worker', async () => {
  let lost = 0;
  const workers = makeWorkers({
    script,
    timeLimit: 5000,
    memoryMiB: 20,
    onLoss: () => {
      lost += 1;
    },
  });
  const said = async (name: string) => {
    const rendered = await workers.render(requestOf(name));
    return 'said' in rendered ? rendered.said : '';
  };
  const first = await said('good');
  expect(await said('good')).toBe(first);
  expect(await said('loops')).toMatch(/longer than 5 s/);
  expect(await said('eats')).toMatch(/more than 20 MiB of memory/);
  expect(await said('ends')).toMatch(/the worker ended/);
  expect(await said('throws')).toBe('the source was not rendered: the worker ended with an error');
  expect(lost).toBe(4);
  expect(await said('good')).not.toBe(first);
  await workers.close();
});

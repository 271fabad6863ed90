import { expect, test, vi } from 'vitest';
import { makeQueue } from '../../../../plugin/fronts/flux-controller/queue.ts';

const backoff = { first: 10, last: 40 };

test('a key is never done twice at a time, and once more where it was asked for meanwhile', async () => {
  let [running, most, runs] = [0, 0, 0];
  let release: () => void = () => {};
  const work = async () => {
    running += 1;
    runs += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    running -= 1;
    return undefined;
  };
  const queue = makeQueue({ concurrency: 4, work, backoff, onFailure: () => {} });
  for (let time = 0; time < 5; time += 1) queue.add('ml/a');
  await vi.waitFor(() => expect(runs).toBe(1));
  queue.add('ml/a');
  queue.add('ml/a');
  release();
  await vi.waitFor(() => expect(runs).toBe(2));
  release();
  await queue.stop();
  expect([most, runs]).toEqual([1, 2]);
});

test('no more than `concurrency` keys are done at a time, and the queue holds each once', async () => {
  let [running, most] = [0, 0];
  const done = new Set<string>();
  const work = async (key: string) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
    done.add(key);
    return undefined;
  };
  const queue = makeQueue({ concurrency: 2, work, backoff, onFailure: () => {} });
  for (let time = 0; time < 3; time += 1) for (let index = 0; index < 10; index += 1) queue.add(`ml/${index}`);
  expect(queue.length).toBe(8);
  await vi.waitFor(() => expect(done.size).toBe(10));
  await queue.stop();
  expect(most).toBe(2);
});

test('a key that fails waits longer each time, and another is not held up', async () => {
  const pauses: number[] = [];
  let good = 0;
  const work = async (key: string) => {
    if (key === 'ml/bad') throw new Error('no');
    good += 1;
    return 5;
  };
  const queue = makeQueue({ concurrency: 1, work, backoff, onFailure: (_key, _failure, after) => pauses.push(after) });
  queue.add('ml/bad');
  queue.add('ml/good');
  await vi.waitFor(() => expect(pauses.length).toBeGreaterThanOrEqual(4));
  await queue.stop();
  expect(pauses.slice(0, 4)).toEqual([10, 20, 40, 40]);
  expect(good).toBeGreaterThan(2);
});

test('stopping waits for what has begun and takes nothing more', async () => {
  let isDone = false;
  const work = async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    isDone = true;
    return 0;
  };
  const queue = makeQueue({ concurrency: 1, work, backoff, onFailure: () => {} });
  queue.add('ml/a');
  await queue.stop();
  expect(isDone).toBe(true);
  queue.add('ml/b');
  expect(queue.length).toBe(0);
});

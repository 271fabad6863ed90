import { describe, expect, test } from 'vitest';
import { startDeadline, TimedOut, within } from '../../../plugin/fronts/deadline.ts';
import { ioFor } from '../../support/case.ts';
import { run } from '../../support/run.ts';

const soon = startDeadline({ timeout: '50ms' }, { elapsed: () => 0 });

describe('within a deadline', () => {
  test('what is done in time gives its value, and its errors', () => {
    const deadline = startDeadline({ timeout: '1m' }, { elapsed: () => 0 });
    expect(within(deadline, () => 'done')).toBe('done');
    expect(() => within(deadline, () => JSON.parse('{'))).toThrow(SyntaxError);
  });

  test.each([
    [
      'a loop',
      () => {
        for (;;);
      },
    ],
    [
      'a loop that catches everything',
      () => {
        for (;;) {
          try {
            for (;;);
          } catch {
            /* goes on */
          }
        }
      },
    ],
    ['an expression that goes back and forth', () => /^(a+)+$/.test(`${'a'.repeat(60)}b`)],
  ])('%s is ended', (_, endless) => {
    expect(() => within(soon, endless)).toThrow(TimedOut);
    expect(within(startDeadline({ timeout: '1m' }, { elapsed: () => 0 }), () => 'still alive')).toBe('still alive');
  });

  test('what has no time left is not begun', () => {
    const late = startDeadline({ timeout: '1s' }, { elapsed: () => 1000 });
    expect(late.left()).toBe(0);
    expect(() => within(late, () => expect.unreachable())).toThrow(TimedOut);
  });
});

test.each(['expand', 'validate'])('%s says that its time is up, and prints nothing', async (verb) => {
  const io = { ...ioFor('/', {}, 'apiVersion: v1\nkind: A\nmetadata: {name: a}\n'), elapsed: () => 61_000 };
  expect(await run([verb, '-', '--timeout', '1m'], io, '0.0.0')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringMatching(/^error TIME_OUT: the run was not done after 1m, .*; split the input, .*\n$/),
  });
  expect(await run([verb, '-', '--timeout', '2m'], io, '0.0.0')).toMatchObject({ exitCode: 0 });
});

// A kubelet's status reaches the API server in the end, whatever happens on the way.
import { expect, test } from 'vitest';
import { type Api, ApiError } from '../cluster/api.ts';
import { waitFor } from '../cluster/wait.ts';
import type { Pod, PodStatus } from './pod.ts';
import { openStatusReporter } from './pod-status.ts';

const pod: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', namespace: 'ml', uid: 'u' },
  spec: { containers: [] },
};

/** Answers one patch after the other; what fails is thrown. */
function answer(failures: readonly (Error | undefined)[]) {
  const sent: unknown[] = [];
  const left = [...failures];
  const patch: Api['patch'] = async (ref, change) => {
    const failure = left.shift();
    sent.push(change);
    if (failure) throw failure;
    return { ...ref, metadata: { name: ref.name } };
  };
  return { sent, api: { patch } as Api };
}

test('changes while a request is under way make one more request, with the last of them', async () => {
  const { sent, api } = answer([]);
  let phase: NonNullable<PodStatus['phase']> = 'Pending';
  const reporter = openStatusReporter(api, pod, () => ({ phase }));
  reporter.report();
  phase = 'Running';
  reporter.report();
  phase = 'Succeeded';
  reporter.report();
  await waitFor('the last status', async () => (sent.length === 2 ? true : undefined), { every: 5 });
  expect(sent).toEqual([
    { metadata: { uid: 'u' }, status: { phase: 'Pending' } },
    { metadata: { uid: 'u' }, status: { phase: 'Succeeded' } },
  ]);
});

test('what has been sent is not sent again', async () => {
  const { sent, api } = answer([]);
  const reporter = openStatusReporter(api, pod, () => ({ phase: 'Running' }));
  reporter.report();
  await waitFor('the status', async () => (sent.length === 1 ? true : undefined), { every: 5 });
  reporter.report();
  expect(sent).toHaveLength(1);
});

test('a failure is tried again, another pod of the same name is left alone', async () => {
  const { sent, api } = answer([new Error('no answer'), new ApiError('PATCH', 409, {})]);
  openStatusReporter(api, pod, () => ({ phase: 'Running' })).report();
  await waitFor('the second try', async () => (sent.length === 2 ? true : undefined), { every: 5 });
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(sent).toHaveLength(2);
});

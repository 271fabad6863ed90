// Brings a pod's status into the API server: the last one counts, one request at a time, again until it is taken.
import { setTimeout as pause } from 'node:timers/promises';
import { type Api, ApiError } from '../cluster/api.ts';
import type { Pod, PodStatus } from './pod.ts';

export interface StatusReporter {
  /** To be called after each change; gives up when the pod is gone. */
  report(): void;
}

const isGone = (failure: unknown): boolean =>
  failure instanceof ApiError && (failure.status === 404 || failure.status === 409);

/** @param build the status of now. */
export function openStatusReporter(api: Api, { metadata }: Pod, build: () => PodStatus): StatusReporter {
  const { name, namespace, uid } = metadata;
  const ref = { apiVersion: 'v1', kind: 'Pod', name, namespace };
  let sent = '';
  let isBusy = false;
  const send = async (): Promise<void> => {
    isBusy = true;
    for (let text = JSON.stringify(build()); text !== sent; text = JSON.stringify(build())) {
      try {
        // Another pod of the same name has another uid, and is left alone.
        await api.patch(ref, { metadata: { uid }, status: JSON.parse(text) }, { subresource: 'status' });
        sent = text;
      } catch (failure) {
        if (isGone(failure)) break;
        await pause(500);
      }
    }
    isBusy = false;
  };
  return { report: () => void (isBusy || send()) };
}

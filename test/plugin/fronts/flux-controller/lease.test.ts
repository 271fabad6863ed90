import { expect, test, vi } from 'vitest';
import type { KubernetesObject } from '../../../../plugin/fronts/flux-controller/api.ts';
import { lead } from '../../../../plugin/fronts/flux-controller/lease.ts';

const times = { duration: 300, deadline: 200, retry: 20 };
const never = new AbortController().signal;

interface Lease extends KubernetesObject {
  readonly spec: { readonly holderIdentity?: string; readonly leaseTransitions?: number };
}

/** One Lease, with the API server's rule that who is late is refused. */
function makeServer() {
  let [stored, version, isDown]: [Lease | undefined, number, boolean] = [undefined, 0, false];
  const store = (lease: Lease): Lease => {
    version += 1;
    stored = { ...lease, metadata: { ...lease.metadata, resourceVersion: String(version) } };
    return stored;
  };
  const check = (): void => {
    if (isDown) throw new Error('down');
  };
  return {
    cluster: {
      read: async () => {
        check();
        return stored as never;
      },
      create: async (lease: KubernetesObject) => {
        check();
        if (stored !== undefined) throw new Error('409');
        return store(lease as Lease) as never;
      },
      replace: async (lease: KubernetesObject) => {
        check();
        if (lease.metadata.resourceVersion !== stored?.metadata.resourceVersion) throw new Error('409');
        return store(lease as Lease) as never;
      },
    },
    lease: () => stored?.spec,
    steal: (holderIdentity: string) => {
      if (stored !== undefined) store({ ...stored, spec: { ...stored.spec, holderIdentity } });
    },
    fall: () => {
      isDown = true;
    },
  };
}

const optionsFor = (server: ReturnType<typeof makeServer>, identity: string) => ({
  cluster: server.cluster,
  namespace: 'flux-system',
  name: 'lease',
  identity,
  times,
  onError: () => {},
});

test('one leads at a time; when it lets go the next one does at once', async () => {
  const server = makeServer();
  const first = await lead(optionsFor(server, 'first'), never);
  let isSecond = false;
  const waiting = lead(optionsFor(server, 'second'), never).then((leadership) => {
    isSecond = true;
    return leadership;
  });
  await new Promise((resolve) => setTimeout(resolve, 2 * times.duration));
  expect(isSecond).toBe(false);
  await first?.release();
  const second = await waiting;
  expect(server.lease()).toMatchObject({ holderIdentity: 'second', leaseTransitions: 1 });
  await second?.release();
});

test('who finds the lease in other hands has lost it', async () => {
  const server = makeServer();
  const first = await lead(optionsFor(server, 'first'), never);
  server.steal('thief');
  await first?.lost;
  expect(server.lease()).toMatchObject({ holderIdentity: 'thief' });
});

test('who cannot renew it gives up before it runs out', async () => {
  const server = makeServer();
  const first = await lead(optionsFor(server, 'first'), never);
  const began = performance.now();
  server.fall();
  await first?.lost;
  expect(performance.now() - began).toBeLessThan(times.duration);
});

test('a holder that has died is followed once its time is over', async () => {
  const server = makeServer();
  const dead = await lead({ ...optionsFor(server, 'dead'), times: { ...times, retry: 60_000 } }, never);
  const began = performance.now();
  const next = await lead(optionsFor(server, 'next'), never);
  expect(performance.now() - began).toBeGreaterThanOrEqual(times.duration);
  await next?.release();
  await dead?.release();
});

test('who is told to stop while waiting does not lead', async () => {
  const server = makeServer();
  const first = await lead(optionsFor(server, 'first'), never);
  const stop = new AbortController();
  const waiting = lead(optionsFor(server, 'second'), stop.signal);
  stop.abort();
  expect(await waiting).toBeUndefined();
  await first?.release();
  await vi.waitFor(() => expect(server.lease()?.holderIdentity).toBe(''));
});

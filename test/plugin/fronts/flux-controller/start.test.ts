import { expect, test } from 'vitest';
import type { RunFluxController } from '../../../../plugin/fronts/flux-controller/controller.ts';
import { run } from '../../../../plugin/fronts/run.ts';
import { ioFor } from '../../../support/case.ts';

type Options = Parameters<RunFluxController>[0];

/** Runs the verb with a controller that ends at once. */
async function start(argv: readonly string[], env: Record<string, string> = {}) {
  let options: Options | undefined;
  const io = {
    ...ioFor('/', env),
    loadFluxController: () => async (given: Options) => {
      options = given;
      return 0 as const;
    },
  };
  return { ...(await run(['flux-controller', ...argv], io, '1.2.3')), options };
}

test('what is not said is what the manifests need', async () => {
  const { exitCode, options } = await start([]);
  expect(exitCode).toBe(0);
  expect(options).toEqual({
    storagePath: '/data',
    storageAddress: { host: undefined, port: 9090 },
    healthAddress: { host: undefined, port: 9440 },
    advertisedAddress: '',
    watchNamespace: '',
    concurrency: 2,
    allowsCrossNamespace: false,
    flags: [],
    version: '1.2.3',
  });
});

test('what is said is handed over', async () => {
  const addresses = ['--storage-address', '[::1]:80', '--health-address=127.0.0.1:0', '--advertised-address', 'a.b:81'];
  const { options } = await start([
    ...addresses,
    '--concurrency',
    '4',
    '--allow-cross-namespace-refs',
    '--dns',
    'kube-dns',
  ]);
  expect(options).toMatchObject({
    storageAddress: { host: '::1', port: 80 },
    healthAddress: { host: '127.0.0.1', port: 0 },
    advertisedAddress: 'a.b:81',
    concurrency: 4,
    allowsCrossNamespace: true,
    flags: [{ setting: 'dns', raw: 'kube-dns' }],
  });
});

test.each([
  [
    '--storage-address',
    '9090',
    '--storage-address is not of the form HOST:PORT; write it as in --storage-address :9090',
  ],
  ['--storage-address', ':70000', 'is not of the form HOST:PORT'],
  ['--health-address', 'http://x:1', 'is not of the form HOST:PORT'],
  ['--advertised-address', 'http://x', 'is not of the form HOST[:PORT]; correct it, or leave the flag out'],
  ['--watch-namespace', 'a,b', 'is not of the form NAMESPACE'],
  ['--concurrency', '0', 'is not of the form N; write it as in --concurrency 2'],
])('%s %s is refused, and nothing is started', async (flag, value, message) => {
  const { exitCode, stderr, options } = await start([flag, value]);
  expect([exitCode, options]).toEqual([2, undefined]);
  expect(stderr).toContain(
    `error FLAG_VALUE_FORM: the value of ${message.startsWith('--') ? '' : `${flag} `}${message}`,
  );
});

test('settings that hold for every source are judged before anything starts', async () => {
  expect(await start(['--dns', 'nobody knows'])).toMatchObject({ exitCode: 2, options: undefined });
  const wrong = await start([], { RAYSHIELD_PLATFORM: '/nowhere/platform.yaml' });
  expect(wrong).toMatchObject({ exitCode: 1, options: undefined, stderr: expect.stringContaining('platform.yaml') });
});

test('another verb has none of its flags', async () => {
  const { exitCode, stderr } = await run(['expand', '--storage-path', '/x', '-'], ioFor('/'), '0');
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/FLAG_UNKNOWN: expand has no flag --storage-path/);
});

test('a path is refused with words of its own', async () => {
  const { exitCode, stderr } = await start(['clusters']);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/PATH_UNEXPECTED: flux-controller takes no path: it reads what ExpandedSources name/);
});

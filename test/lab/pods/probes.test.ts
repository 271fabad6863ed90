// https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Probe } from './pod.ts';
import { askProbe, type ProbeTarget, watchProbe } from './probes.ts';

const exitingWith = (codes: readonly number[]): ProbeTarget => {
  const left = [...codes];
  const exec: ProbeTarget['exec'] = () => Promise.resolve({ stdout: '', stderr: '', exitCode: left.shift() ?? 0 });
  return { ip: '127.0.0.1', container: { name: 'main' }, exec };
};

async function serve(status: number): Promise<{ target: ProbeTarget; port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(({ url = '', headers }, response) => {
    asked.push(`${url} ${headers['x-from'] ?? ''}`);
    response.writeHead(status).end('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const container = { name: 'main', ports: [{ name: 'web', containerPort: port }] };
  return { target: { ...exitingWith([]), container }, port, asked };
}

describe('asked once', () => {
  test.each([
    [200, true],
    [302, true],
    [404, false],
    [503, false],
  ])('HTTP %d means %j', async (status, isGood) => {
    const { target, port } = await serve(status);
    expect(await askProbe({ httpGet: { port } }, target)).toBe(isGood);
  });

  test('HTTP by the name of a port, with path and headers', async () => {
    const { target, asked } = await serve(200);
    const httpHeaders = [{ name: 'X-From', value: 'lab' }];
    expect(await askProbe({ httpGet: { port: 'web', path: '/ready', httpHeaders } }, target)).toBe(true);
    expect(asked).toEqual(['/ready lab']);
  });

  test('TCP: whether somebody listens', async () => {
    const { target, port } = await serve(200);
    expect(await askProbe({ tcpSocket: { port } }, target)).toBe(true);
    expect(await askProbe({ tcpSocket: { port: 1 } }, target)).toBe(false);
    expect(await askProbe({ httpGet: { port: 1 } }, target)).toBe(false);
  });

  test('exec: the exit code', async () => {
    expect(await askProbe({ exec: { command: ['x'] } }, exitingWith([0]))).toBe(true);
    expect(await askProbe({ exec: { command: ['x'] } }, exitingWith([1]))).toBe(false);
  });
});

describe('watched', () => {
  const watch = async (codes: readonly number[], probe: Partial<Probe>): Promise<boolean[]> => {
    const told: boolean[] = [];
    const over = new AbortController();
    const target = exitingWith(codes);
    let count = 0;
    const exec: ProbeTarget['exec'] = (...args) => {
      count += 1;
      if (count > codes.length) over.abort();
      return target.exec(...args);
    };
    const asked = { exec: { command: ['x'] }, periodSeconds: 0.001, ...probe };
    await watchProbe(asked, { ...target, exec }, (isGood) => told.push(isGood), over.signal);
    return told;
  };

  test.each<[title: string, codes: number[], probe: Partial<Probe>, told: boolean[]]>([
    ['a success counts at once, and is told once', [0, 0, 0], {}, [true]],
    ['three failures in a row count', [1, 1, 0, 1, 1, 1, 1], {}, [true, false]],
    [
      'thresholds are those of the probe',
      [1, 0, 0, 1],
      { failureThreshold: 1, successThreshold: 2 },
      [false, true, false],
    ],
  ])('%s', async (_, codes, probe, told) => {
    expect(await watch(codes, probe)).toEqual(told);
  });

  test('nothing is asked before the initial delay, or after the end', async () => {
    const over = new AbortController();
    const watching = watchProbe(
      { exec: { command: ['x'] }, initialDelaySeconds: 60 },
      exitingWith([]),
      () => expect.fail(),
      over.signal,
    );
    await pause(10);
    over.abort();
    await watching;
  });
});

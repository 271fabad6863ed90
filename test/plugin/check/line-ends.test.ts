// Windows line ends where a shell reads, and nowhere else.
import { expect, test } from 'vitest';
import { checkLineEnds } from '../../../plugin/check/line-ends.ts';
import { makeRaySpec, type SpecParts } from '../../support/ray-spec.ts';
import { collectReports } from '../../support/reports.ts';

const found = (parts: SpecParts): string[] =>
  collectReports((report) => checkLineEnds(makeRaySpec(parts), report)).map(({ path }) => path);

const side = (container: object): SpecParts => ({ head: { others: [{ name: 'side', image: 'side', ...container }] } });
const inSide = 'spec.headGroupSpec.template.spec.containers.1';

test.each<[string, SpecParts, string[]]>([
  ['an entrypoint', { kind: 'RayJob', owner: { entrypoint: 'a\r\nb' } }, ['spec.entrypoint']],
  [
    'the entrypoint of a cron job',
    { kind: 'RayCronJob', owner: { entrypoint: 'a\r' } },
    ['spec.jobTemplate.entrypoint'],
  ],
  [
    'a start parameter',
    { worker: { rayStartParams: { 'num-cpus': '1\r\n' } } },
    ['spec.workerGroupSpecs.0.rayStartParams.num-cpus'],
  ],
  [
    "an argument of Ray's container",
    { head: { ray: { args: ['a\r\n'] } } },
    ['spec.headGroupSpec.template.spec.containers.0.args.0'],
  ],
  ['a shell by its path', side({ command: ['/bin/bash', '-c', 'a\r\nb'] }), [`${inSide}.command.2`]],
  ['a shell with its arguments apart', side({ command: ['sh', '-c'], args: ['a\r\n'] }), [`${inSide}.args.0`]],
  [
    "a shell of the submitter's pod",
    {
      kind: 'RayJob',
      owner: { submitterPodTemplate: { spec: { containers: [{ name: 'submit', command: ['sh', '-c', 'a\r\nb'] }] } } },
    },
    ['spec.submitterPodTemplate.spec.containers.0.command.2'],
  ],
  [
    'a shell that the kubelet runs',
    side({
      lifecycle: { preStop: { exec: { command: ['sh', '-c', 'a\r\n'] } } },
      livenessProbe: { exec: { command: ['cat', 'a\r\n'] } },
    }),
    [`${inSide}.lifecycle.preStop.exec.command.2`],
  ],
  ['a program without a shell', side({ command: ['send', 'a\r\n'] }), []],
  ['Unix line ends', side({ command: ['sh', '-c', 'a\nb'] }), []],
  ['a carriage return within a line', side({ command: ['sh', '-c', 'printf "a\rb"'] }), []],
])('%s', (_, parts, expected) => {
  expect(found(parts)).toEqual(expected);
});

import { expect, test } from 'vitest';
import { listFindings } from '../../support/tls-check.ts';

const overwrite = { 'ray.io/overwrite-container-cmd': 'true' };
const container = 'spec.headGroupSpec.template.spec.containers.0';
const bash = ['/bin/bash', '-c', '--'];

test.each([
  ['eval "$KUBERAY_GEN_RAY_START_CMD"'],
  ['ulimit -n 65536; eval "$KUBERAY_GEN_RAY_START_CMD" && sleep infinity'],
  ['eval "${KUBERAY_GEN_RAY_START_CMD}"'],
  ['# limits\nulimit -n 65536\neval "$KUBERAY_GEN_RAY_START_CMD"'],
])('an own command that runs %s starts Ray with its name', (script) => {
  expect(
    listFindings({ annotations: overwrite, head: { ray: { args: [script] } }, worker: { ray: { args: [script] } } }),
  ).toEqual([]);
});

test.each([
  ['$KUBERAY_GEN_RAY_START_CMD'],
  ['eval $KUBERAY_GEN_RAY_START_CMD'],
  ['bash -c "$KUBERAY_GEN_RAY_START_CMD"'],
  ['ray start --head --block'],
  ['# eval "$KUBERAY_GEN_RAY_START_CMD"\nsleep infinity'],
])('an own command that runs %s does not', (script) => {
  const head = { annotations: overwrite, ray: { command: bash, args: [script] } };
  expect(listFindings({ head })).toEqual([`TLS_START_OVERWRITTEN ${container}.command`]);
});

test('an annotation on the owner holds for every group, and KubeRay reads it in any case', () => {
  expect(listFindings({ annotations: { 'ray.io/overwrite-container-cmd': 'True' } })).toEqual([
    `TLS_START_OVERWRITTEN ${container}.command`,
    'TLS_START_OVERWRITTEN spec.workerGroupSpecs.0.template.spec.containers.0.command',
  ]);
  expect(listFindings({ annotations: { 'ray.io/overwrite-container-cmd': 'false' } })).toEqual([]);
});

test.each([
  [{ command: bash, args: ['ray start --head'] }, 'args'],
  [{ command: ['ray', 'start', '--head'] }, 'command'],
  [{ args: ['xray start'] }, 'args'],
  [{ command: ['sh', '-c', 'sleep 1 && ray  start'], args: ['x'] }, 'command'],
])('the command %j starts Ray past KubeRay', (ray, field) => {
  expect(listFindings({ head: { ray } })).toEqual([`TLS_RAY_START ${container}.${field}`]);
});

test('a command that runs before KubeRay starts Ray is fine', () => {
  expect(listFindings({ head: { ray: { args: ['pip install ray; echo start'] } } })).toEqual([]);
});

test('both ways at once start Ray twice', () => {
  const args = ['ray start --head; eval "$KUBERAY_GEN_RAY_START_CMD"'];
  expect(listFindings({ head: { annotations: overwrite, ray: { args } } })).toEqual([
    `TLS_RAY_START ${container}.args`,
  ]);
});

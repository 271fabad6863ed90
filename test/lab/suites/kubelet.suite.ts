// The lab's own kubelet: what a pod may expect of a node holds, so that what other suites see of Ray is Ray's.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { proveContainer } from '../pods/proofs/container.ts';
import { proveLife } from '../pods/proofs/life.ts';
import { proveNetwork } from '../pods/proofs/network.ts';
import { type PodLab, startPodLab } from '../pods/proofs/pod-lab.ts';
import { labSuite } from '../suite.ts';

labSuite('kubelet', { parts: ['control-plane'], namespaces: true }, (life) => {
  let lab: PodLab;
  beforeAll(async () => {
    lab = await startPodLab(life);
  });

  describe('what a container gets', () => proveContainer(() => lab));
  describe('the life of a pod', () => proveLife(() => lab));
  describe('the network', () => proveNetwork(() => lab));

  test('nothing went wrong unseen', () => {
    expect(existsSync(join(lab.logs, 'kubelet.log'))).toBe(false);
  });
});

// The core proof: what rayshield prints for one manifest with both fields runs as a real Ray cluster, closed by its policies and
// encrypted by its certificates from the first pod on. The first versions prove all of it, the older ones the work.
import { beforeAll, describe } from 'vitest';
import { type CoreCluster, startCoreCluster } from '../ray/core-cluster.ts';
import { partsOf, startRayLab, type Versions } from '../ray/lab.ts';
import { proveChanges } from '../ray/proofs/changes.ts';
import { proveEncryption } from '../ray/proofs/encryption.ts';
import { proveIsolation } from '../ray/proofs/isolation.ts';
import { proveReplacements } from '../ray/proofs/replacements.ts';
import { proveTools } from '../ray/proofs/tools.ts';
import { proveWork } from '../ray/proofs/work.ts';
import type { Life } from '../servers/life.ts';
import { labSuite } from '../suite.ts';

const proofs = {
  work: proveWork,
  tools: proveTools,
  encryption: proveEncryption,
  isolation: proveIsolation,
  changes: proveChanges,
  replacements: proveReplacements,
} as const;

function declareSuite(versions: Versions, asked: readonly (keyof typeof proofs)[]): void {
  const name = `ray-${versions.ray}-kuberay-${versions.kuberay}`;
  labSuite(name, { parts: partsOf(versions), namespaces: true }, (life: Life) => {
    let cluster: CoreCluster;
    beforeAll(async () => {
      cluster = await startCoreCluster(await startRayLab(life, versions));
    });
    for (const proof of asked) describe(proof, () => proofs[proof](() => cluster));
  });
}

declareSuite({ ray: '2.60.0', kuberay: '1.6.2' }, [
  'work',
  'tools',
  'encryption',
  'isolation',
  'changes',
  'replacements',
]);
declareSuite({ ray: '2.46.0', kuberay: '1.3.2' }, ['work', 'encryption']);

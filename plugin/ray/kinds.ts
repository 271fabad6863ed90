// The four kinds that hold a RayCluster spec: where it stands, and how long an owner's name may be.
// Limits: MaxRayClusterNameLength and its kin in ray-operator/controllers/ray/utils/constant.go of KubeRay 1.7. KubeRay 1.3
// clips Service names to 50 characters from the front (util.go, CheckName): `<cluster>-head-svc` must fit, where the
// cluster of another kind is `<owner>-raycluster-<5>`.
import type { FieldPath } from '../findings/finding.ts';
import type { RayKind } from './spec.ts';

interface KindFacts {
  readonly specPath: FieldPath;
  readonly nameLimit: number;
  /** With TLS on KubeRay 1.3, whose head Service would otherwise get a name that no certificate has. */
  readonly clippedNameLimit: number;
  /** KubeRay's first minor version that has the kind. */
  readonly since: string;
}

export const rayKinds: Readonly<Record<RayKind, KindFacts>> = {
  RayCluster: { specPath: ['spec'], nameLimit: 53, clippedNameLimit: 41, since: '1.3' },
  RayJob: { specPath: ['spec', 'rayClusterSpec'], nameLimit: 47, clippedNameLimit: 24, since: '1.3' },
  RayService: { specPath: ['spec', 'rayClusterConfig'], nameLimit: 47, clippedNameLimit: 24, since: '1.3' },
  RayCronJob: {
    specPath: ['spec', 'jobTemplate', 'rayClusterSpec'],
    nameLimit: 36,
    clippedNameLimit: 36,
    since: '1.6',
  },
};

export const isRayKind = (kind: string): kind is RayKind => Object.hasOwn(rayKinds, kind);

/** The versions of the group ray.io that KubeRay's CRDs serve. */
export const rayApiVersions: readonly string[] = ['ray.io/v1', 'ray.io/v1alpha1'];

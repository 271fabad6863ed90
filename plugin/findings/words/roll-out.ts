// Words about what a change means for pods that run: shared by isolation and TLS.

export type RayKind = 'RayCluster' | 'RayJob' | 'RayService' | 'RayCronJob';

/** How the next cluster of an owner comes about; `isHeld` where the owner goes on with the one it has. */
export function nextCluster({ kind, isHeld }: { readonly kind: RayKind; readonly isHeld: boolean }): string {
  if (kind === 'RayJob') return 'a job that runs goes on as it is until it is deleted and applied again';
  if (kind === 'RayCronJob') return 'a job that runs goes on as it is';
  return isHeld
    ? 'upgradeStrategy None keeps the one that runs, so delete that RayCluster once'
    : 'KubeRay starts it beside the one that runs and moves the traffic to it, so there must be room for both';
}

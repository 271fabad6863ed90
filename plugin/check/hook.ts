// Owners that are hooks. Both tools wait for a hook only where they can tell that it is done: Argo CD by a health check, and it
// has none for KubeRay's kinds; Helm of Jobs and Pods alone.
// https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/ and https://helm.sh/docs/topics/charts_hooks/
import type { Report } from '../findings/finding.ts';
import type { RaySpec } from '../ray/spec.ts';

const annotations = { argocd: 'argocd.argoproj.io/hook', helm: 'helm.sh/hook' } as const;

/** Reports that a hook is not waited for, and that issuing certificates can fail one. */
export function checkHook({ owner, kind, tls }: RaySpec, report: Report): void {
  const own = owner.body.metadata.annotations ?? {};
  // Argo CD looks at Helm's annotation only where it finds none of its own.
  const tool = Object.hasOwn(own, annotations.argocd) ? 'argocd' : 'helm';
  const annotation = annotations[tool];
  if (!Object.hasOwn(own, annotation) || own[annotation] === 'Skip') return;
  const at = ['metadata', 'annotations', annotation];
  report('HOOK_NOT_AWAITED', at, { kind, tool }, 'key');
  const makesCertificates = tls !== undefined && tls.certificateSecretName === undefined;
  if (tool === 'argocd' && makesCertificates) report('HOOK_CERTIFICATES', at, { kind }, 'key');
}

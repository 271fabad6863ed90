// The health checks of deploy/argocd/health as Argo CD takes them: a patch for its ConfigMap argocd-cm, and the same as values of
// the argo-cd chart. https://argo-cd.readthedocs.io/en/stable/operator-manual/health/#way-1-define-a-custom-health-check-in-argocd-cm-configmap
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

const folder = join(import.meta.dirname, '../../deploy/argocd/health');

/** The checks by `<group>_<kind>`, in the order of the names. */
export const readHealthChecks = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.lua'))
      .sort()
      .map((name) => [name.slice(0, -'.lua'.length), readFileSync(join(folder, name), 'utf8')]),
  );

const head = '# Made from the .lua files beside it; rewrite with: UPDATE=1 npx vitest run test/generated.test.ts\n';

/** The keys of argocd-cm. */
const healthKeys = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(readHealthChecks()).map(([kind, lua]) => [`resource.customizations.health.${kind}`, lua]),
  );

export const healthConfigMap = (): string =>
  head +
  stringify(
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cm' }, data: healthKeys() },
    { lineWidth: 0 },
  );

export const healthValues = (): string => head + stringify({ configs: { cm: healthKeys() } }, { lineWidth: 0 });

// The fields that the platform file gives, held against the schema of the cluster's KubeRay where they stand: a mistake in
// them would otherwise be said of every Ray object, whose authors cannot mend it.
import { checkSchemaOf } from '../../check/documents.ts';
import type { LoadValidator } from '../../check/validator.ts';
import type { Finding } from '../../findings/finding.ts';
import type { Resource } from '../../manifests/manifest.ts';
import { holdsForAll } from '../../settings/platform.ts';
import type { Layer } from '../../settings/resolve.ts';
import type { Settings } from '../../settings/settings.ts';

const head = { rayStartParams: {}, template: { spec: { containers: [{ name: 'ray-head', image: 'ray' }] } } };

/** Whether the schema takes what the layer's platform gives; if not, its own file is told. */
export function checkDefaults({ platform, report }: Layer, settings: Settings, load: LoadValidator): boolean {
  if (platform === undefined || !holdsForAll(platform)) return true;
  const found: Finding[] = [];
  const body = {
    apiVersion: 'ray.io/v1',
    kind: 'RayCluster',
    metadata: { name: 'default' },
    spec: { headGroupSpec: head, ...platform.gives },
  };
  const source = { file: '', text: '' };
  const resource: Resource = { manifest: { source, offset: 0, prefix: '', text: '' }, path: [], body };
  checkSchemaOf(resource, settings, load, found);
  for (const { code, field = [], facts } of found) report(code, ['default', ...field.slice(1)], facts as never);
  return found.length === 0;
}

// Ray objects that a platform rule cannot hold: of another version or kind, nested in an object of others (AppWrapper), or no
// whole Kubernetes objects. To let them pass would be a way round the rule.
import type { FieldPath, Finding } from '../findings/finding.ts';
import type { FactsOf } from '../findings/table.ts';
import type { Manifest, Resource } from '../manifests/manifest.ts';
import { isRayApiVersion } from '../manifests/read.ts';
import { reportOn } from '../manifests/report.ts';
import { expandableKind } from '../ray/find.ts';
import { rayApiVersions, rayKinds } from '../ray/kinds.ts';
import { holdsForAll } from '../settings/platform.ts';
import type { Platform } from '../settings/settings.ts';

type Fields = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reports each Ray object of a read document that the platform has to do with and that is not expanded. */
export function checkReach(
  manifest: Manifest,
  resources: readonly Resource[],
  platform: Platform,
  findings: Finding[],
): void {
  if (!holdsForAll(platform)) return;
  const objects = new Map<unknown, Resource>(resources.map((resource) => [resource.body, resource]));
  const visit = (value: unknown, path: FieldPath, holder: Resource | undefined): void => {
    if (typeof value !== 'object' || value === null) return;
    const own = objects.get(value);
    const problem = findProblem(value as Fields, { own, holder });
    if (problem !== undefined) {
      const { kind, apiVersion } = value as Fields;
      const [found, place] = own ? [own, []] : describe(manifest, { holder, kind, path });
      const facts = { file: platform.file, problem, kind: textOf(kind), apiVersion: textOf(apiVersion) };
      reportOn(found, findings)('PLATFORM_OUT_OF_REACH', place, { ...facts, kinds: Object.keys(rayKinds) }, 'key');
    }
    for (const [key, child] of Object.entries(value)) {
      visit(child, [...path, Array.isArray(value) ? Number(key) : key], own ?? holder);
    }
  };
  visit(manifest.content?.value, [], undefined);
}

type Around = { readonly own: Resource | undefined; readonly holder: Resource | undefined };

function findProblem(value: Fields, { own, holder }: Around): FactsOf<'PLATFORM_OUT_OF_REACH'>['problem'] | undefined {
  const { apiVersion } = value;
  if (!isRayApiVersion(apiVersion)) return undefined;
  if (own !== undefined) {
    if (expandableKind(own) !== undefined) return undefined;
    return rayApiVersions.includes(apiVersion) ? 'kind' : 'version';
  }
  // What an object says of another (an owner, the target of a scaler) names it and holds nothing.
  if (holder !== undefined) return isMap(value['spec']) || Array.isArray(value['items']) ? 'nested' : undefined;
  return 'incomplete';
}

/** The object that a nested one stands in; else the document itself, as far as it can be told. */
function describe(
  manifest: Manifest,
  { holder, kind, path }: { readonly holder: Resource | undefined; readonly kind: unknown; readonly path: FieldPath },
): readonly [Resource, FieldPath] {
  if (holder !== undefined) return [holder, path.slice(holder.path.length)];
  const body = { apiVersion: '', kind: textOf(kind) || 'document', metadata: {} };
  return [{ manifest, path, body }, []];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

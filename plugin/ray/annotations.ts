// What the owner says of itself once it is expanded: Argo CD hides stderr on success, and a reader of the live object
// must see that it is protected, and what was warned of.
import type { KubernetesObject } from '../manifests/manifest.ts';
import type { IsolationMode, RaySpec } from './spec.ts';

/** The annotation that says what was asked of an owner. */
export const applied = 'rayshield.io/applied';
const warnings = 'rayshield.io/warnings';

/** The body with both annotations as they are true now; former ones of ours are replaced or taken away. */
export function annotateOwner(spec: RaySpec, body: KubernetesObject, warned: readonly string[]): KubernetesObject {
  const { [applied]: _a, [warnings]: _w, ...others } = body.metadata.annotations ?? {};
  const asked = describe(spec);
  const annotations = {
    ...others,
    ...(asked === '' ? {} : { [applied]: asked }),
    ...(warned.length === 0 ? {} : { [warnings]: [...new Set(warned)].sort().join(',') }),
  };
  const { annotations: _, namespace, name, ...rest } = body.metadata;
  // The namespace that names and policies are made for is written down, so that the owner cannot be applied to another.
  const home = namespace ?? (spec.namespace === '' ? undefined : spec.namespace);
  const metadata = {
    name: name ?? spec.name,
    ...(home === undefined ? {} : { namespace: home }),
    ...rest,
    // An empty map of the user's own stays.
    ...(Object.keys(annotations).length > 0 || body.metadata.annotations ? { annotations } : {}),
  };
  return { ...body, metadata };
}

/** What an owner was asked for. */
export interface Applied {
  readonly isolation?: IsolationMode;
  readonly tls?: 'mTLS' | 'retiring';
}

const form =
  /^(?:networkIsolation=(denyAll|denyAllIngress|denyAllEgress)(?:,(?=tls)|(?=,platform|$)))?(?:tls=(mTLS|retiring))?(?:,platform=[\w+]+)?$/;

/** What the annotation says; undefined where there is none, or none that we would write. */
export function readApplied(body: KubernetesObject): Applied | undefined {
  const text = body.metadata.annotations?.[applied];
  const [, isolation, tls] = form.exec(typeof text === 'string' ? text : '') ?? [];
  if (isolation === undefined && tls === undefined) return undefined;
  return {
    ...(isolation === undefined ? {} : { isolation: isolation as IsolationMode }),
    ...(tls === undefined ? {} : { tls: tls as 'mTLS' | 'retiring' }),
  };
}

// Of what the platform file gave, Git says nothing.
const describe = ({ isolation, tls, given }: RaySpec): string =>
  [
    ...(isolation ? [`networkIsolation=${isolation.mode}`] : []),
    ...(tls ? [`tls=${tls.retiring === true ? 'retiring' : 'mTLS'}`] : []),
    ...(given.length > 0 ? [`platform=${given.join('+')}`] : []),
  ].join(',');

// What the owner says of itself once it is expanded: Argo CD hides stderr on success, and a reader of the live object
// must see that it is protected, and what was warned of.
import type { KubernetesObject } from '../manifests/manifest.ts';
import type { RaySpec } from './spec.ts';

const applied = 'rayshield.io/applied';
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

// Of what the platform file gave, Git says nothing.
const describe = ({ isolation, tls, given }: RaySpec): string =>
  [
    ...(isolation ? [`networkIsolation=${isolation.mode}`] : []),
    ...(tls ? [`tls=${tls.retiring === true ? 'retiring' : 'mTLS'}`] : []),
    ...(given.length > 0 ? [`platform=${given.join('+')}`] : []),
  ].join(',');

// What the Flux Kustomizations of a split folder are called, and where they take it from.
import { basename, posix } from 'node:path';
import type { Report } from '../../findings/finding.ts';
import { findNearest } from '../../findings/nearest.ts';
import { isDnsLabel, isDnsName } from '../../settings/dns-name.ts';
import { type FluxNames, fluxSources } from './flux-kustomizations.ts';

/** As given; undefined where a flag is not. */
export interface FluxFlags {
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly source: string | undefined;
  readonly path: string | undefined;
}

// `-policies`, the longest step, must fit behind it within a label of 63.
const longestName = 54;

/** The names of a run over `folder`, after which they are called unless flags say otherwise. */
export function readFluxNames(flags: FluxFlags, folder: string, report: Report): FluxNames {
  const name = flags.name ?? basename(folder);
  if (!isDnsLabel(name) || name.length > longestName) {
    report('FLUX_NAME', [], { flag: '--flux-name', isGiven: flags.name !== undefined, limit: longestName });
  }
  const { namespace = 'flux-system' } = flags;
  if (!isDnsLabel(namespace)) report('FLUX_NAME', [], { flag: '--flux-namespace', isGiven: true, limit: 63 });
  return { name, namespace, source: readSource(flags.source ?? name, flags, report), path: readPath(flags, report) };
}

function readSource(text: string, flags: FluxFlags, report: Report): FluxNames['source'] {
  const [first = '', second] = text.split('/', 2);
  const given = second === undefined ? 'OCIRepository' : first;
  const kind = fluxSources.find((one) => one === given);
  if (kind === undefined) {
    const nearest = findNearest(given, fluxSources);
    report('FLAG_VALUE_UNKNOWN', [], {
      flag: '--flux-source',
      values: fluxSources.map((one) => `${one}/NAME`),
      ...(nearest === undefined ? {} : { nearest: `${nearest}/NAME` }),
    });
  }
  const name = second ?? first;
  if (flags.source !== undefined && !isDnsName(name))
    report('FLUX_NAME', [], { flag: '--flux-source', isGiven: true, limit: 253 });
  return { kind: kind ?? 'OCIRepository', name };
}

/** Flux takes paths below the source alone: https://fluxcd.io/flux/components/kustomize/kustomizations/#path */
function readPath({ path = '.' }: FluxFlags, report: Report): string {
  const normal = posix.normalize(path).replace(/\/+$/, '');
  if (path.startsWith('/') || normal === '..' || normal.startsWith('../') || /[^\w./-]/.test(path))
    report('FLUX_PATH', [], {});
  return normal === '.' || normal === '' ? '.' : `./${normal}`;
}

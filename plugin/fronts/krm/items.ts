// Whose item a finding is about, and the file that the item came from: nobody who reads a finding sees the ResourceList, so that
// its lines say nothing. https://github.com/kubernetes-sigs/kustomize/blob/master/cmd/config/docs/api-conventions/functions-spec.md
import type { Finding, Position } from '../../findings/finding.ts';
import { compose } from '../../manifests/compose.ts';
import { valueAt } from '../../manifests/edit.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { positionAt } from '../../manifests/position.ts';
import { limitsForOthers } from '../../manifests/problem.ts';
import type { ResourceList } from '../../manifests/resource-list.ts';

/** An item, or the functionConfig, that findings are about. */
export interface Origin {
  readonly apiVersion: string | undefined;
  /** Undefined where the orchestrator does not say. */
  readonly file: string | undefined;
  /** Which document of the file, from 0. */
  readonly index: number | undefined;
}

/** What a finding is called after where it is about the functionConfig, and that has no file. */
const configName = 'functionConfig';

const pathKeys = ['internal.config.kubernetes.io/path', 'config.kubernetes.io/path'];
const indexKeys = ['internal.config.kubernetes.io/index', 'config.kubernetes.io/index'];
// With buildMetadata: [originAnnotations] kustomize build says where it has an item from.
const originKey = 'config.kubernetes.io/origin';

/** The origin of what stands at a position of the list; undefined where that is no part of it. */
export function makeOrigins({ items, functionConfig }: ResourceList): (position: Position) => Origin | undefined {
  // Where nothing is found, no place is asked for.
  let parts: readonly Placed[] | undefined;
  const known = new Map<Manifest, Origin>();
  return (position) => {
    // A settings file has places of its own.
    parts ??= placeParts([...items, ...(functionConfig === undefined ? [] : [functionConfig])]);
    const found = parts.find(({ part, start }) => part.source.file === position.file && compare(start, position) <= 0);
    if (found === undefined) return undefined;
    const origin = known.get(found.part) ?? readOrigin(found.part, found.part === functionConfig);
    known.set(found.part, origin);
    return origin;
  };
}

interface Placed {
  readonly part: Manifest;
  readonly start: Position;
}

/** The last one first, so that the first that begins before a place is the one around it. */
const placeParts = (parts: readonly Manifest[]): Placed[] =>
  parts
    .map((part) => ({ part, start: positionAt(part.source, part.offset) }))
    .sort((a, b) => compare(b.start, a.start));

const compare = (a: Position, b: Position): number =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);

function readOrigin(part: Manifest, isConfig: boolean): Origin {
  const { value } = compose(part.text, part.offset, limitsForOthers);
  const textAt = (...path: string[]): string | undefined => {
    const found = valueAt(value, path);
    return typeof found === 'string' && found !== '' ? found : undefined;
  };
  const annotation = (keys: readonly string[]): string | undefined =>
    keys.map((key) => textAt('metadata', 'annotations', key)).find((found) => found !== undefined);
  const origin = /^path: (.+)$/m.exec(annotation([originKey]) ?? '')?.[1];
  const index = annotation(indexKeys);
  const path = annotation(pathKeys);
  return {
    apiVersion: textAt('apiVersion'),
    file: path ?? origin ?? (isConfig ? configName : undefined),
    // kustomize build counts its items without saying of which file they are.
    index: path !== undefined && index !== undefined && /^\d+$/.test(index) ? Number(index) : undefined,
  };
}

/** The finding as somebody sees it who has the files and not the list. */
export function renamePosition(finding: Finding, origin: Origin | undefined): Finding {
  return origin?.file === undefined ? finding : { ...finding, position: { file: origin.file } };
}

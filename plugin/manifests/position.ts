// Where something stands in a file, as an editor shows it: lines and columns from 1, a column is one character.
import type { Anchor, FieldPath, Position } from '../findings/finding.ts';
import type { Manifest, Source } from './manifest.ts';

const lineStarts = new WeakMap<Source, Int32Array>();

/** Line and column of an offset in a source. */
export function positionAt(source: Source, offset: number): Position {
  const starts = lineStartsOf(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const before = source.text.slice(starts[low], offset).replace(/^\uFEFF/, '');
  return { file: source.file, line: low + 1, column: [...before].length + 1 };
}

function lineStartsOf(source: Source): Int32Array {
  const known = lineStarts.get(source);
  if (known !== undefined) return known;
  const starts = [0];
  for (let at = source.text.indexOf('\n'); at !== -1; at = source.text.indexOf('\n', at + 1)) starts.push(at + 1);
  const made = Int32Array.from(starts);
  lineStarts.set(source, made);
  return made;
}

/**
 * Where the field at `path` (from the document's root) stands. A field that does not exist is placed at the nearest
 * parent that does, and a document that was not read at its first line.
 */
export const positionOf = (manifest: Manifest, path: FieldPath, anchor: Anchor = 'value'): Position =>
  positionAt(manifest.source, offsetOf(manifest, path, anchor));

/** The same as an offset in the source. */
export function offsetOf(manifest: Manifest, path: FieldPath, anchor: Anchor = 'value'): number {
  const { content } = manifest;
  if (content === undefined) return manifest.offset;
  let node = content.value;
  let index = 0;
  let depth = 0;
  for (const key of path) {
    const step = stepTo(node, key, index);
    if (step === undefined) break;
    [node, index] = step;
    depth += 1;
  }
  const reached = depth === path.length;
  // Of a missing field the nearest parent's key says more than the place where its value begins.
  const useKey = reached ? anchor === 'key' : true;
  return content.places[index * 2 + (useKey ? 0 : 1)] ?? manifest.offset;
}

/** The child of `node` at `key` and its index in the walk; undefined where there is none. */
function stepTo(node: unknown, key: string | number, index: number): [unknown, number] | undefined {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
  const steps = stepsTo(node, String(key));
  return steps === undefined ? undefined : [node[key as keyof typeof node], index + steps];
}

/** How far into the walk of a map or list its children begin: of those up to the last that somebody asked for. */
interface Walk {
  readonly steps: Map<string, number>;
  readonly rest: Iterator<[string, unknown]>;
  /** The child at which the walk stands, not yet counted: most are asked for nothing that lies behind it. */
  child: unknown;
  begins: number;
}

// A hostile document has as many findings as it has keys: each is placed without walking the document again.
const walks = new WeakMap<object, Walk>();

function stepsTo(node: object, key: string): number | undefined {
  const walk = walks.get(node) ?? startWalk(node);
  for (let known = walk.steps.get(key); ; known = walk.steps.get(key)) {
    if (known !== undefined) return known;
    const { done, value } = walk.rest.next();
    if (done === true) return undefined;
    walk.begins += walk.steps.size === 0 ? 1 : sizeOf(walk.child);
    walk.child = value[1];
    walk.steps.set(value[0], walk.begins);
  }
}

function startWalk(node: object): Walk {
  const walk: Walk = { steps: new Map(), rest: Object.entries(node).values(), child: undefined, begins: 0 };
  walks.set(node, walk);
  return walk;
}

/** How many nodes a value is in the walk, itself among them. */
function sizeOf(value: unknown): number {
  let size = 1;
  if (typeof value === 'object' && value !== null) for (const child of Object.values(value)) size += sizeOf(child);
  return size;
}

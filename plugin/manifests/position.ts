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
  const steps = tableOf(node).steps.get(String(key));
  return steps === undefined ? undefined : [node[key as keyof typeof node], index + steps];
}

/** How far into the walk of a map or list its children begin, and how long the walk is. */
interface StepTable {
  readonly steps: ReadonlyMap<string, number>;
  readonly size: number;
}

// A hostile document has as many findings as it has keys: each is placed without walking the document again.
const tables = new WeakMap<object, StepTable>();

function tableOf(node: object): StepTable {
  const known = tables.get(node);
  if (known !== undefined) return known;
  const steps = new Map<string, number>();
  let size = 1;
  for (const [name, child] of Object.entries(node)) {
    steps.set(name, size);
    size += typeof child === 'object' && child !== null ? tableOf(child).size : 1;
  }
  const table = { steps, size };
  tables.set(node, table);
  return table;
}

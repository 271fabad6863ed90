// Where a text can be mutated: each field of its Ray objects, with the place of its key and value, and in block style with the
// lines that it fills.
import { type Document, isMap, isScalar, isSeq, type Pair, parseAllDocuments } from 'yaml';
import { securityFields } from '../../plugin/ray/fields.ts';

type Path = readonly (string | number)[];
type Range = readonly [start: number, end: number];

export interface Site {
  readonly path: Path;
  readonly key: Range;
  /** Without a trailing comment; absent where the field has no value. */
  readonly value: Range;
  readonly is: 'scalar' | 'map' | 'list' | 'alias' | 'nothing';
  /** What a scalar says, as it is written without its quotes. */
  readonly scalar?: string;
  /** The lines that the field fills, where it and all around it is in block style. */
  readonly lines?: Range;
  /** The column of the key, counted from 0. */
  readonly column: number;
  readonly parent: Site | undefined;
  /** Whether it is a security field or a field within one. */
  readonly isSecurity: boolean;
}

type Node = Document['contents'];

/** All fields of the Ray objects of a text, in order. */
export function findSites(text: string): readonly Site[] {
  const sites: Site[] = [];
  for (const document of parseAllDocuments(text, { version: '1.1' })) {
    if (!('contents' in document)) continue;
    for (const root of findRayObjects(document.contents)) walk(text, root, { path: [], parent: undefined }, sites);
  }
  return sites;
}

function findRayObjects(node: Node): Node[] {
  if (!isMap(node)) return [];
  if (node.get('kind') === 'List') {
    const items = node.get('items');
    return isSeq(items) ? items.items.flatMap((item) => findRayObjects(item as Node)) : [];
  }
  return String(node.get('apiVersion')).startsWith('ray.io/') ? [node] : [];
}

function walk(
  text: string,
  node: Node,
  { path, parent, inFlow = false }: { path: Path; parent: Site | undefined; inFlow?: boolean },
  sites: Site[],
): void {
  if (isSeq(node)) {
    const flow = inFlow || node.flow === true;
    node.items.forEach((item, index) => {
      walk(text, item as Node, { path: [...path, index], parent, inFlow: flow }, sites);
    });
  }
  if (!isMap(node)) return;
  const flow = inFlow || node.flow === true;
  for (const pair of node.items as Pair<Node, Node>[]) {
    if (!isScalar(pair.key) || pair.key.value === '<<') continue;
    const site = describe(text, pair, { path: [...path, String(pair.key.value)], parent, flow });
    sites.push(site);
    walk(text, pair.value, { path: site.path, parent: site, inFlow: flow }, sites);
  }
}

function describe(
  text: string,
  { key, value }: Pair<Node, Node>,
  { path, parent, flow }: { path: Path; parent: Site | undefined; flow: boolean },
): Site {
  const [keyStart = 0, keyEnd = 0] = key?.range ?? [];
  const column = keyStart - (text.lastIndexOf('\n', keyStart - 1) + 1);
  const range: Range = value?.range ? [value.range[0], value.range[1]] : [keyEnd + 1, keyEnd + 1];
  const is = isMap(value) ? 'map' : isSeq(value) ? 'list' : isScalar(value) ? 'scalar' : 'alias';
  const isEmpty = is === 'scalar' && range[0] === range[1];
  return {
    path,
    parent,
    column,
    key: [keyStart, keyEnd],
    value: range,
    is: isEmpty ? 'nothing' : is,
    ...(isScalar(value) && { scalar: String((value as { source?: string }).source ?? value.value) }),
    ...(!flow && { lines: linesOf(text, keyStart, column, is === 'list') }),
    isSecurity: path.some((step) => securityFields.includes(String(step))),
  };
}

/** From the key to the end of the last line that is indented more, or is a dash of its own list. */
function linesOf(text: string, keyStart: number, column: number, isList: boolean): Range {
  let end = lineEnd(text, keyStart);
  for (let at = end; at < text.length; ) {
    const next = lineEnd(text, at);
    const [, blanks = '', first = ''] = /^( *)([^\r\n]?[^\r\n]?)/.exec(text.slice(at, next)) ?? [];
    const isBlank = first === '';
    const isInside = blanks.length > column || (isList && blanks.length === column && first === '- ');
    if (!isBlank && !isInside) break;
    if (!isBlank) end = next;
    at = next;
  }
  return [keyStart, end];
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end + 1;
}

// Mechanical mistakes of those who write manifests: each changes the text in one place, and knows nothing of what it means.
import { pick, type Random } from './random.ts';
import type { Site } from './sites.ts';

export const kinds = [
  'drop',
  'rename',
  'retype',
  're-indent',
  'misspell a field',
  'misspell a value',
  'move up',
  'move down',
] as const;

export type Kind = (typeof kinds)[number];

export interface Mutation {
  readonly kind: Kind;
  readonly text: string;
  readonly site: Site;
  /** The word before a misspelling, and what became of it. */
  readonly right?: string;
  readonly wrong?: string;
}

/** A mutation of one kind at one place; undefined where the place does not lend itself to it. */
export type Mutate = (
  text: string,
  site: Site,
  context: { readonly random: Random; readonly sites: readonly Site[] },
) => Omit<Mutation, 'kind' | 'site'> | undefined;

const replace = (text: string, [start, end]: readonly [number, number], by: string): string =>
  text.slice(0, start) + by + text.slice(end);

const nameOf = (site: Site): string => String(site.path.at(-1));

/** The word in the place of a key or scalar, with the quotes that are there. */
const reword = (text: string, [start, end]: readonly [number, number], word: string): string => {
  const quote = /^["']/.exec(text.slice(start, end))?.[0] ?? '';
  return replace(text, [start, end], quote + word + quote);
};

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** One letter left out, doubled, replaced, put in, or changed with the one beside it. */
function slip(word: string, random: Random): string {
  const at = random(word.length);
  const letter = letters.charAt(random(letters.length));
  const swapped = word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  const forms = [
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + word.charAt(at) + word.slice(at),
    word.slice(0, at) + letter + word.slice(at + 1),
    word.slice(0, at) + letter + word.slice(at),
    ...(at + 1 < word.length ? [swapped] : []),
  ].filter((form) => form !== word && form !== '');
  return pick(forms, random) ?? `${word}x`;
}

const drop: Mutate = (text, { lines, key, value }) => {
  if (lines === undefined) {
    const after = /^\s*,\s*/.exec(text.slice(value[1]))?.[0] ?? '';
    const before = after === '' ? (/,?\s*$/.exec(text.slice(0, key[0]))?.[0] ?? '') : '';
    return { text: replace(text, [key[0] - before.length, value[1] + after.length], '') };
  }
  return { text: cut(text, lines) };
};

/** The text without these lines: behind a dash the next field takes the place of the first. */
function cut(text: string, [start, end]: readonly [number, number]): string {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const lead = text.slice(line, start);
  if (lead.trim() === '') return text.slice(0, line) + text.slice(end);
  const indent = /^ */.exec(text.slice(end))?.[0] ?? '';
  const isSibling = indent.length === lead.length;
  return isSibling
    ? text.slice(0, start) + text.slice(end + indent.length)
    : `${text.slice(0, start)}\n${text.slice(end)}`;
}

const strange = ['settings', 'config', 'options', 'parameters', 'foo'];

const rename: Mutate = (text, site, { random, sites }) => {
  const others = sites.map(nameOf).filter((name) => name !== nameOf(site));
  const name = pick(random(2) === 0 ? strange : others, random);
  return name === undefined ? undefined : { text: reword(text, site.key, name) };
};

const retypings: Readonly<Record<Site['is'], readonly string[]>> = {
  map: ['a-text', '7', 'true', '[1]', 'null'],
  list: ['a-text', '7', 'true', '{a: 1}', 'null'],
  scalar: ['7', 'yes', '2.10', '[a]', '{a: b}', '~', '"text"', '"12"', '"true"', '2026-01-31', '12:30', '010', '1_000'],
  alias: ['7', '[1]', 'null'],
  nothing: ['7', '[1]'],
};

const retype: Mutate = (text, site, { random }) => {
  const by = pick(retypings[site.is], random) ?? '7';
  const [start, end] = site.value;
  if (site.lines === undefined)
    return { text: replace(text, [start, end], by.replace(/^(yes|~|2026|12:|0|1_).*$/, '"x"')) };
  const colon = text.indexOf(':', site.key[1]) + 1;
  return { text: replace(text, [colon, site.lines[1]], ` ${by}\n`) };
};

const reindent: Mutate = (text, { lines, column }, { random }) => {
  if (lines === undefined) return undefined;
  const by =
    pick(
      [-4, -2, -1, 1, 2, 4].filter((one) => column + one >= 0),
      random,
    ) ?? 1;
  const start = text.lastIndexOf('\n', lines[0] - 1) + 1;
  const shift = (line: string): string =>
    by > 0 ? ' '.repeat(by) + line : line.replace(new RegExp(`^ {0,${-by}}`), '');
  const moved = text
    .slice(start, lines[1])
    .split('\n')
    .map((line) => (line === '' ? line : shift(line)));
  return { text: replace(text, [start, lines[1]], moved.join('\n')) };
};

const misspellField: Mutate = (text, site, { random }) => {
  const right = nameOf(site);
  if (!/^[A-Za-z]{3,}$/.test(right)) return undefined;
  const wrong = slip(right, random);
  return { text: reword(text, site.key, wrong), right, wrong };
};

const misspellValue: Mutate = (text, site, { random }) => {
  const right = site.scalar;
  if (right === undefined || !/^[A-Za-z][\w./-]{2,}$/.test(right)) return undefined;
  const wrong = slip(right, random);
  return { text: reword(text, site.value, wrong), right, wrong };
};

/** The lines of a field as they would stand in another column. */
function shifted(text: string, { lines = [0, 0], column }: Site, to: number): string {
  const [first = '', ...rest] = text
    .slice(...lines)
    .replace(/\n?$/, '\n')
    .split('\n');
  const move = (line: string): string =>
    line === '' ? '' : `${' '.repeat(to)}${line.slice(Math.min(column, line.search(/\S|$/)))}`;
  return [`${' '.repeat(to)}${first}`, ...rest.map(move)].join('\n');
}

const moveUp: Mutate = (text, site) => {
  const { parent, lines } = site;
  if (lines === undefined || parent?.lines === undefined) return undefined;
  const end = parent.lines[1];
  const moved = shifted(text, site, parent.column);
  return { text: cut(text.slice(0, end).replace(/\n?$/, '\n') + moved + text.slice(end), lines) };
};

const moveDown: Mutate = (text, site, { random, sites }) => {
  const { parent, lines } = site;
  if (lines === undefined) return undefined;
  const beside = sites.filter((one) => one.parent === parent && one !== site && one.column === site.column);
  const takers = beside.filter(({ is, lines: own }) => is === 'map' && own !== undefined);
  const taker = pick(takers, random);
  const inner = sites.find((one) => one.parent === taker && one.lines !== undefined);
  if (taker?.lines === undefined || inner === undefined) return undefined;
  const moved = shifted(text, site, inner.column);
  const [from, to] = [taker.lines[1], lines];
  const grown = text.slice(0, from).replace(/\n?$/, '\n') + moved + text.slice(from);
  return { text: cut(grown, from <= to[0] ? [to[0] + moved.length, to[1] + moved.length] : to) };
};

export const mutations: Readonly<Record<Kind, Mutate>> = {
  drop,
  rename,
  retype,
  're-indent': reindent,
  'misspell a field': misspellField,
  'misspell a value': misspellValue,
  'move up': moveUp,
  'move down': moveDown,
};

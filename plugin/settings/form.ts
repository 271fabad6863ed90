// The form of a setting's value: how a raw value (a flag's text, a parameter's list, a node of a file) is read into the
// typed one, and the JSON schema of the same. Forms of addresses, DNS servers and issuers have files of their own.
import type { Problem } from '../findings/words/settings.ts';

/** How a setting is written: as one text (flag, environment), as a list or map of texts, or as a number or boolean. */
type SettingKind = 'string' | 'list' | 'map' | 'boolean' | 'integer';

export type Reading<T> = { readonly value: T } | { readonly problem: Problem };

export interface Form<T> {
  readonly kind: SettingKind;
  /** The allowed texts, where they are few. */
  readonly values?: readonly string[];
  readonly read: (raw: unknown) => Reading<T>;
  readonly schema: object;
}

/** One setting; `read` turns a raw text, list, map, boolean or number into the typed value or a problem. */
export interface Setting<T = unknown> extends Form<T> {
  readonly default: T;
  /** A few words for a form's label. */
  readonly title: string;
  /** One sentence: what it does and when it is needed. */
  readonly description: string;
  /** A value as a user would write it on the command line. */
  readonly example: string;
}

/** A text that `accepts`; `empty` where no text at all is a value too. `values` go into the problem. */
export function textForm(
  expected: Problem['expected'],
  accepts: (text: string) => boolean,
  { empty = false, ...facts }: { readonly empty?: boolean; readonly values?: readonly string[] } = {},
): Form<string> {
  return {
    kind: 'string',
    read: (raw) =>
      typeof raw === 'string' && ((empty && raw === '') || accepts(raw))
        ? { value: raw }
        : { problem: { expected, ...facts } },
    schema: { type: 'string' },
  };
}

/** One of a few texts. A number counts as its text: unquoted, YAML reads `1.7` as one. */
export function choiceForm<T extends string>(values: readonly T[]): Form<T> {
  return {
    kind: 'string',
    values,
    read: (raw) => {
      const found = values.find((value) => value === (typeof raw === 'number' ? String(raw) : raw));
      return found === undefined ? { problem: { expected: 'one-of', values } } : { value: found };
    },
    schema: { enum: [...values, ...values.filter((value) => String(Number(value)) === value).map(Number)] },
  };
}

/** Several values, each read by `entry`: a list, or one text with commas or line ends between them. */
export function listForm<T>(entry: Form<T>): Form<readonly T[]> {
  return {
    kind: 'list',
    read: (raw) => {
      const list: unknown = typeof raw === 'string' ? splitList(raw) : raw;
      if (!Array.isArray(list)) return { problem: { expected: 'list' } };
      const values: T[] = [];
      for (const [index, one] of list.entries()) {
        const reading = entry.read(one);
        if ('problem' in reading) return { problem: { ...reading.problem, entry: index } };
        values.push(reading.value);
      }
      return { value: values };
    },
    schema: { anyOf: [{ type: 'string' }, { type: 'array', items: entry.schema }] },
  };
}

/** The entries of a list written as one text. */
const splitList = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/**
 * Texts by key: a map, or one text with a line for each as `KEY=VALUE`. Numbers and booleans, which YAML makes of unquoted texts,
 * count as theirs.
 */
export function mapForm(
  acceptsKey: (text: string) => boolean,
  accepts: (text: string) => boolean = () => true,
): Form<Readonly<Record<string, string>>> {
  const problem = { problem: { expected: 'map' } } as const;
  return {
    kind: 'map',
    read: (raw) => {
      const entries = typeof raw === 'string' ? splitMap(raw) : entriesOf(raw);
      if (!entries?.every(([key, value]) => acceptsKey(key) && isPlain(value) && accepts(String(value))))
        return problem;
      return { value: Object.fromEntries(entries.map(([key, value]) => [key, String(value)])) };
    },
    schema: {
      anyOf: [{ type: 'string' }, { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } }],
    },
  };
}

/** A text, or a map, which is given on as JSON: that is YAML too. */
export const yamlForm: Form<string> = {
  kind: 'string',
  read: (raw) => {
    if (typeof raw === 'string') return { value: raw };
    const isExact = entriesOf(raw) !== undefined && !hasBigInt(raw);
    return isExact ? { value: JSON.stringify(raw) } : { problem: { expected: 'yaml' } };
  },
  schema: { type: ['string', 'object'] },
};

/** An integer that JSON would give in digits that no reader keeps. */
const hasBigInt = (value: unknown): boolean =>
  typeof value === 'bigint' || (typeof value === 'object' && value !== null && Object.values(value).some(hasBigInt));

const isPlain = (value: unknown): boolean => ['string', 'number', 'bigint', 'boolean'].includes(typeof value);

const entriesOf = (raw: unknown): [string, unknown][] | undefined =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? Object.entries(raw) : undefined;

/** The entries of a map written as one text; a line without `=` becomes an entry without a key. */
const splitMap = (text: string): [string, string][] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const at = line.indexOf('=');
      return at === -1 ? ['', line] : [line.slice(0, at).trim(), line.slice(at + 1)];
    });

export const booleanForm: Form<boolean> = {
  kind: 'boolean',
  values: ['true', 'false'],
  read: (raw) => {
    if (raw === true || raw === 'true') return { value: true };
    if (raw === false || raw === 'false') return { value: false };
    return { problem: { expected: 'boolean' } };
  },
  schema: { type: 'boolean' },
};

/** A whole number within bounds, both included. */
export function integerForm(minimum: number, maximum: number): Form<number> {
  return {
    kind: 'integer',
    read: (raw) => {
      const text = typeof raw === 'number' || typeof raw === 'bigint' ? String(raw) : raw;
      const value = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : Number.NaN;
      return value >= minimum && value <= maximum
        ? { value }
        : { problem: { expected: 'integer', values: [String(minimum), String(maximum)] } };
    },
    schema: { type: 'integer', minimum, maximum },
  };
}

// The command line: a verb, its paths, and flags, of which most come from the settings table.
// Everything that is wrong with it is found at once.
import { parseArgs } from 'node:util';
import type { Report } from '../findings/finding.ts';
import { findNearest } from '../findings/nearest.ts';
import { flagName } from '../settings/names.ts';
import type { Given } from '../settings/resolve.ts';
import { type SettingName, settingNames, settingOf } from '../settings/table.ts';
import { type Flag, type FlagName, type Format, flagNames, flagOf, formats, isFlagName, isFormat } from './flags.ts';

export interface Arguments {
  /** As given; undefined where the command line names none. */
  readonly verb: string | undefined;
  readonly paths: readonly string[];
  readonly out: string | undefined;
  readonly format: Format;
  /** Whether nothing is wanted but what there is to say. */
  readonly check: boolean;
  readonly strict: boolean;
  readonly eachPath: boolean;
  readonly allKinds: boolean;
  readonly isExpanded: boolean;
  readonly split: boolean;
  /** Those of flags.ts that are given, of which not every verb takes all. */
  readonly given: readonly FlagName[];
  /** What is given for flags of flags.ts that take a value, but for --out and --format. */
  readonly values: Readonly<Partial<Record<FlagName, string>>>;
  readonly help: boolean;
  readonly version: boolean;
  readonly flags: readonly Given[];
}

const settingsByFlag: ReadonlyMap<string, SettingName> = new Map(settingNames.map((name) => [flagName(name), name]));

const ownFlags = flagNames.map((name) => [name, { type: flagOf(name).form ? 'string' : 'boolean' }] as const);

const options: Record<string, { type: 'string' | 'boolean'; short?: string }> = {
  ...Object.fromEntries(ownFlags),
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  ...Object.fromEntries([...settingsByFlag.keys()].map((flag) => [flag, { type: 'string' }])),
};

/** Reads `argv` (without node and the script). */
export function readArguments(argv: readonly string[], report: Report): Arguments {
  // Not strict: parseArgs itself would throw at the first mistake, and knows no near names.
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const positionals = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const verb = positionals[0];
  const texts = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option' || !checkFlag(token, verb, report)) continue;
    texts.set(token.name, [...(texts.get(token.name) ?? []), token.value ?? '']);
  }
  return {
    verb,
    paths: positionals.slice(1),
    out: onlyOne('out', texts, report),
    format: readFormat(texts, report),
    check: texts.has('check'),
    strict: texts.has('strict'),
    eachPath: texts.has('each-path'),
    allKinds: texts.has('all-kinds'),
    isExpanded: texts.has('expanded'),
    split: texts.has('split'),
    given: [...texts.keys()].filter(isFlagName),
    values: readValues(texts, report),
    help: texts.has('help'),
    version: texts.has('version'),
    flags: [...texts.keys()].flatMap((flag) => readFlag(flag, texts, report)),
  };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function checkFlag(token: OptionToken, verb: string | undefined, report: Report): boolean {
  const { name, rawName: flag, value } = token;
  if (!Object.hasOwn(options, name)) {
    const nearest = nearestFlag(name);
    report('FLAG_UNKNOWN', [], { flag, verb, ...(nearest === undefined ? {} : { nearest: `--${nearest}` }) });
    return false;
  }
  if (options[name]?.type === 'boolean') {
    if (value !== undefined) report('FLAG_VALUE_SURPLUS', [], { flag });
    return true;
  }
  // `--namespace --out x`: the next flag is no value, unless it is written with `=`.
  // An empty --out, as an unset variable of a shell leaves it, would be the current folder.
  const isMissing =
    value === undefined || (token.inlineValue !== true && /^-./.test(value)) || (name === 'out' && value === '');
  if (isMissing) report('FLAG_VALUE_MISSING', [], { flag, example: exampleOf(name) });
  return !isMissing;
}

/** Of one letter, as in kubectl's `-n`, the first flag that begins with it. */
const nearestFlag = (name: string): string | undefined =>
  name.length === 1
    ? Object.keys(options).find((flag) => flag.startsWith(name))
    : findNearest(name, Object.keys(options));

function exampleOf(flag: string): string {
  const setting = settingsByFlag.get(flag);
  if (setting !== undefined) return settingOf(setting).example;
  const { values, form = '' }: Flag = isFlagName(flag) ? flagOf(flag) : { title: '', verbs: [] };
  return values?.[0] ?? form;
}

function readFormat(texts: ReadonlyMap<string, readonly string[]>, report: Report): Format {
  const text = onlyOne('format', texts, report) ?? 'text';
  if (isFormat(text)) return text;
  const nearest = findNearest(text, formats);
  report('FLAG_VALUE_UNKNOWN', [], {
    flag: '--format',
    values: formats,
    ...(nearest === undefined ? {} : { nearest }),
  });
  return 'text';
}

function readValues(texts: ReadonlyMap<string, readonly string[]>, report: Report): Arguments['values'] {
  const names = flagNames.filter((name) => flagOf(name).form !== undefined && name !== 'out' && name !== 'format');
  const values = names.map((name) => [name, onlyOne(name, texts, report)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

function onlyOne(flag: string, texts: ReadonlyMap<string, readonly string[]>, report: Report): string | undefined {
  const given = texts.get(flag) ?? [];
  if (given.length > 1) report('FLAG_TWICE', [], { flag: `--${flag}` });
  return given[0];
}

// What joins the texts of a flag that may be repeated, as if they were written at once.
const joints: Readonly<Record<string, string>> = { list: ',', map: '\n' };

function readFlag(flag: string, texts: ReadonlyMap<string, readonly string[]>, report: Report): Given[] {
  const setting = settingsByFlag.get(flag);
  if (setting === undefined) return [];
  const joint = joints[settingOf(setting).kind];
  const raw = joint === undefined ? (onlyOne(flag, texts, report) ?? '') : (texts.get(flag) ?? []).join(joint);
  return [{ setting, raw, spelling: `flag --${flag}`, path: [setting] }];
}

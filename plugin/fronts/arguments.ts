// The command line: a verb, its paths, and flags, of which all but --out, --help and --version come from the settings table.
// Everything that is wrong with it is found at once.
import { parseArgs } from 'node:util';
import type { Report } from '../findings/finding.ts';
import { findNearest } from '../findings/nearest.ts';
import { flagName } from '../settings/names.ts';
import type { Given } from '../settings/resolve.ts';
import { type SettingName, settingNames, settingOf } from '../settings/table.ts';

export interface Arguments {
  /** As given; undefined where the command line names none. */
  readonly verb: string | undefined;
  readonly paths: readonly string[];
  readonly out: string | undefined;
  readonly help: boolean;
  readonly version: boolean;
  readonly flags: readonly Given[];
}

const settingsByFlag: ReadonlyMap<string, SettingName> = new Map(settingNames.map((name) => [flagName(name), name]));
const switches = ['help', 'version'];

const options: Record<string, { type: 'string' | 'boolean'; short?: string }> = {
  out: { type: 'string' },
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
  if (switches.includes(name)) {
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
  return setting === undefined ? 'DIR' : settingOf(setting).example;
}

function onlyOne(flag: string, texts: ReadonlyMap<string, readonly string[]>, report: Report): string | undefined {
  const given = texts.get(flag) ?? [];
  if (given.length > 1) report('FLAG_TWICE', [], { flag: `--${flag}` });
  return given[0];
}

/** A list's flag may be repeated: its texts are joined as if written at once. */
function readFlag(flag: string, texts: ReadonlyMap<string, readonly string[]>, report: Report): Given[] {
  const setting = settingsByFlag.get(flag);
  if (setting === undefined) return [];
  const raw =
    settingOf(setting).kind === 'list' ? (texts.get(flag) ?? []).join(',') : (onlyOne(flag, texts, report) ?? '');
  return [{ setting, raw, spelling: `flag --${flag}`, path: [setting] }];
}

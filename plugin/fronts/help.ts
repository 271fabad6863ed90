// Help, made from the verbs and the settings table.
import { environmentName, flagName } from '../settings/names.ts';
import { isSourceSetting, settingNames, settingOf } from '../settings/table.ts';
import { flagOf, flagsOf, valuesOf } from './flags.ts';
import type { Verb } from './verbs.ts';

type Verbs = Readonly<Record<string, Verb>>;

const severalOf: Readonly<Record<string, string>> = {
  list: ' (several: with commas, or the flag again)',
  map: ' (several: the flag again)',
};

/** What `rayshield --help` prints. */
export function printHelp(verbs: Verbs): string {
  const rows = Object.entries(verbs).map(([name, verb]): [string, string] => [name, verb.summary]);
  return `rayshield turns networkIsolation and tlsOptions of Ray manifests into NetworkPolicies, certificates and patched pods.

Usage: rayshield VERB [PATH...] [settings]
       ... | rayshield

${printColumns(rows)}

  rayshield VERB --help   the verb and all settings
  rayshield --version

Exit codes: 0 done, 1 findings, 2 wrong use, 3 unreadable or unwritable files, 70 a bug of rayshield.
Only with 0 is anything printed on standard output, but for the report of validate, the results of krm and the
difference of render --check.

Example, to be pasted:

${Object.values(verbs)[0]?.example ?? ''}
`;
}

/** What `rayshield VERB --help` prints. */
export function printVerbHelp(name: string, verb: Verb): string {
  const flags = flagsOf(name).map((flag): [string, string] => {
    const { title } = flagOf(flag);
    const form = valuesOf(flag, name)?.join('|') ?? flagOf(flag).form;
    return [`--${flag}${form === undefined ? '' : ` ${form}`}`, title];
  });
  const taken = settingNames.filter((setting) => verb.rendersSources === true || !isSourceSetting(setting));
  const rows = taken.map((name): [string, string] => {
    const { title, values, example, kind } = settingOf(name);
    const form = values?.join('|') ?? example;
    return [`--${flagName(name)} ${form}`, `${title}${severalOf[kind] ?? ''}`];
  });
  return `Usage: rayshield ${verb.synopsis}

${verb.description}
${flags.length > 0 ? `\n${printColumns(flags)}\n` : ''}
Settings, each also as ${environmentName('clusterDomain')} and so on in the environment, and in rayshield.yaml:

${printColumns(rows)}

Example, to be pasted:

${verb.example}
`;
}

function printColumns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}   ${right}`).join('\n');
}

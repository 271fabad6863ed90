// ARGOCD_APP_PARAMETERS: a JSON array of {name, string | array | map}, or the text null where an application has none.
// PARAM_* variables say the same, but their names can collide and maps come in random order, so they are not read.
// https://argo-cd.readthedocs.io/en/stable/operator-manual/config-management-plugins/#using-parameters-in-your-plugin
import type { Report } from '../../findings/finding.ts';
import type { Collection } from '../../findings/words/settings.ts';
import { unknownSetting } from '../../settings/document.ts';
import type { Given } from '../../settings/resolve.ts';
import { isSettingName, type SettingName, settingOf } from '../../settings/table.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The settings in the JSON text; an empty text, as from a form left blank, sets nothing. */
export function readParameters(json: string | undefined, report: Report): Given[] {
  if (json === undefined || json === '') return [];
  let list: unknown;
  try {
    list = JSON.parse(json);
  } catch {
    report('PARAMETERS_FORM', [], { problem: 'no JSON' });
    return [];
  }
  if (list === null) return [];
  if (!Array.isArray(list)) {
    report('PARAMETERS_FORM', [], { problem: 'no array' });
    return [];
  }
  return list.flatMap((entry: unknown, index) => readParameter(entry, index, report));
}

function readParameter(entry: unknown, index: number, report: Report): Given[] {
  const fields: Fields = typeof entry === 'object' && entry !== null ? (entry as Fields) : {};
  const { name, string, array, map } = fields;
  const [raw, ...more] = [string, array, map].filter((value) => value !== undefined && value !== null);
  if (typeof name !== 'string' || raw === undefined || more.length > 0) {
    report('PARAMETERS_FORM', [], {
      problem: `not as Argo CD writes it: entry ${index + 1} has no name, or not one value`,
    });
    return [];
  }
  const spelling = `parameter ${name}`;
  if (!isSettingName(name)) {
    report('SETTING_UNKNOWN', [], unknownSetting(spelling, name));
    return [];
  }
  const takes = collectionsOf(name);
  const given = collections.find((form) => fields[form] === raw) ?? 'string';
  if (!takes.includes(given)) {
    report('PARAMETER_TYPE', [], { name, given, takes, example: settingOf(name).example });
    return [];
  }
  return raw === '' ? [] : [{ setting: name, raw, spelling, path: [name] }];
}

const collections: readonly Collection[] = ['string', 'array', 'map'];

/** A list or map may be written as one text, as everywhere; the announced form comes first. */
function collectionsOf(name: SettingName): readonly Collection[] {
  const { kind } = settingOf(name);
  if (kind === 'list') return ['array', 'string'];
  if (kind === 'map') return ['map', 'string'];
  return name === 'issuerRef' || name === 'helmValues' ? ['string', 'map'] : ['string'];
}

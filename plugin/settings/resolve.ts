// The layers of settings, later ones winning: defaults, platform file, source file, environment, Argo CD parameters,
// flags. The platform file may lock settings: a later layer must not change those.
import type { FieldPath, Report } from '../findings/finding.ts';
import { readDuration } from './duration.ts';
import { isKeySize, usualKeySize } from './key-size.ts';
import type { Settings } from './settings.ts';
import { type SettingName, settingNames, settingOf } from './table.ts';

/** One value as given. */
export interface Given {
  readonly setting: SettingName;
  readonly raw: unknown;
  /** How the user wrote it, for messages: `flag --dns`, `environment variable RAYSHIELD_DNS`. */
  readonly spelling: string;
  /** Where it stands in a file; the setting's name elsewhere. */
  readonly path: FieldPath;
}

export interface Layer {
  /** Of two for one setting the later wins. */
  readonly given: readonly Given[];
  /** Settings that no later layer may change. */
  readonly lock?: readonly SettingName[];
  /** Places findings where the layer came from. */
  readonly report: Report;
}

/** How the value of each setting was written; `default` where nobody gave one. */
type Origins = Readonly<Record<SettingName, string>>;

export interface Resolved {
  readonly settings: Settings;
  readonly origins: Origins;
}

/** Who gave a setting its value, to be told where it does not go with another. */
interface Source {
  readonly given: Given;
  readonly report: Report;
}

/**
 * The settings that the layers give, the first layer being the lowest. A value that cannot be read goes to its layer's
 * `report` and leaves the setting as it was.
 */
export function resolveSettings(layers: readonly Layer[]): Resolved {
  const values = new Map<SettingName, unknown>(settingNames.map((name) => [name, settingOf(name).default]));
  const from = new Map<SettingName, Source>();
  const locked = new Set<SettingName>();
  for (const layer of layers) {
    for (const given of layer.given) {
      const reading = readGiven(given, layer.report);
      if (reading === undefined) continue;
      if (!locked.has(given.setting)) {
        values.set(given.setting, reading.value);
        from.set(given.setting, { given, report: layer.report });
      } else if (JSON.stringify(reading.value) !== JSON.stringify(values.get(given.setting))) {
        layer.report('SETTING_LOCKED', given.path, { spelling: given.spelling, setting: given.setting });
      }
    }
    for (const name of layer.lock ?? []) locked.add(name);
  }
  const settings = Object.fromEntries(values) as unknown as Settings;
  const origins = settingNames.map((name) => [name, from.get(name)?.given.spelling ?? 'default']);
  checkRenewal(settings, from);
  return { settings: fitKeySize(settings, from), origins: Object.fromEntries(origins) as Origins };
}

function readGiven(given: Given, report: Report): { readonly value: unknown } | undefined {
  const { read, example } = settingOf(given.setting);
  const reading = read(given.raw);
  if ('value' in reading) return reading;
  const { entry } = reading.problem;
  const path = entry !== undefined && Array.isArray(given.raw) ? [...given.path, entry] : given.path;
  report('SETTING_INVALID', path, { ...reading.problem, spelling: given.spelling, example });
  return undefined;
}

/** cert-manager refuses a renewal that is not shorter than the certificate's life. */
function checkRenewal(settings: Settings, from: ReadonlyMap<SettingName, Source>): void {
  const life = readDuration(settings.certificateDuration) ?? 0;
  if ((readDuration(settings.certificateRenewBefore) ?? 0) < life) return;
  const source = from.get('certificateRenewBefore') ?? from.get('certificateDuration');
  source?.report('RENEWAL_SETTING', source.given.path, { spelling: source.given.spelling });
}

/** The key's size against its algorithm: where only an algorithm is asked for, its usual size follows. */
function fitKeySize(settings: Settings, from: ReadonlyMap<SettingName, Source>): Settings {
  const { privateKeyAlgorithm: algorithm, privateKeySize: size } = settings;
  const source = from.get('privateKeySize');
  if (source === undefined) return { ...settings, privateKeySize: usualKeySize(algorithm) };
  if (!isKeySize(algorithm, size)) {
    source.report('KEY_SIZE_SETTING', source.given.path, { spelling: source.given.spelling, algorithm, size });
  }
  return settings;
}

// The layers of settings, later ones winning: defaults, platform file, source file, environment, Argo CD parameters,
// flags. The platform file may lock settings: a later layer must not change those.
import type { FieldPath, Report } from '../findings/finding.ts';
import { readDuration } from './duration.ts';
import { isKeySize, usualKeySize } from './key-size.ts';
import { noPlatform } from './platform.ts';
import type { Platform, Settings } from './settings.ts';
import { type SettingName, settingNames, settingOf } from './table.ts';

/** One value as given. */
export interface Given {
  readonly setting: SettingName;
  readonly raw: unknown;
  /** How the user wrote it, for messages: `flag --dns`, `environment variable RAYSHIELD_DNS`. */
  readonly spelling: string;
  /** Where it stands in a file; the setting's name elsewhere. */
  readonly path: FieldPath;
  /** Of a file: `file:line:column`. */
  readonly place?: string;
}

/** The layers from below, as messages name them. */
export const layerNames = ['default', 'platform file', 'settings file', 'environment', 'parameters', 'flags'] as const;
export type LayerName = (typeof layerNames)[number];

export interface Layer {
  readonly name: LayerName;
  /** Of two for one setting the later wins. */
  readonly given: readonly Given[];
  /** Settings that no later layer may change. */
  readonly lock?: readonly SettingName[];
  /** What the platform file asks for beside settings. */
  readonly platform?: Platform;
  /** Places findings where the layer came from. */
  readonly report: Report;
}

/** Who gave a setting its value. */
interface Origin {
  readonly layer: LayerName;
  /** How it was written, or in a file where; empty for a default. */
  readonly from: string;
  /** Whether the platform file locks it. */
  readonly isLocked: boolean;
}

type Origins = Readonly<Record<SettingName, Origin>>;

export interface Resolved {
  readonly settings: Settings;
  readonly origins: Origins;
}

/** Who gave a setting its value, to be told where it does not go with another. */
interface Source {
  readonly given: Given;
  readonly layer: Layer;
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
        from.set(given.setting, { given, layer });
      } else if (JSON.stringify(reading.value) !== JSON.stringify(values.get(given.setting))) {
        layer.report('SETTING_LOCKED', given.path, { spelling: given.spelling, setting: given.setting });
      }
    }
    for (const name of layer.lock ?? []) locked.add(name);
  }
  const settings = { ...(Object.fromEntries(values) as unknown as Settings), platform: findPlatform(layers) };
  const origins = settingNames.map((name) => [name, describeOrigin(from.get(name), locked.has(name))]);
  checkRenewal(settings, from);
  return { settings: fitKeySize(settings, from), origins: Object.fromEntries(origins) as Origins };
}

const findPlatform = (layers: readonly Layer[]): Platform =>
  layers.find(({ platform }) => platform !== undefined)?.platform ?? noPlatform;

function describeOrigin(source: Source | undefined, isLocked: boolean): Origin {
  if (source === undefined) return { layer: 'default', from: '', isLocked };
  const { given, layer } = source;
  return { layer: layer.name, from: given.place ?? given.spelling, isLocked };
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
  source?.layer.report('RENEWAL_SETTING', source.given.path, { spelling: source.given.spelling });
}

/** The key's size against its algorithm: where only an algorithm is asked for, its usual size follows. */
function fitKeySize(settings: Settings, from: ReadonlyMap<SettingName, Source>): Settings {
  const { privateKeyAlgorithm: algorithm, privateKeySize: size } = settings;
  const source = from.get('privateKeySize');
  if (source === undefined) return { ...settings, privateKeySize: usualKeySize(algorithm) };
  if (!isKeySize(algorithm, size)) {
    source.layer.report('KEY_SIZE_SETTING', source.given.path, { spelling: source.given.spelling, algorithm, size });
  }
  return settings;
}

// The keys of the platform file that are no settings: `require`, `default` and `allowedIssuers`.
import type { FieldPath, Report } from '../findings/finding.ts';
import { issuerForm } from './issuer.ts';
import { isAtLeast, isolationModes } from './platform.ts';
import { checkKeys, checkMap, type Fields } from './read-map.ts';
import type { AllowedIssuer, Platform } from './settings.ts';

const requireKeys = ['networkIsolation', 'tls'];
const defaultKeys = ['networkIsolation', 'tlsOptions'];
/** Words of `allowedIssuers` for certificates that no issuer of the cluster signs. */
export const ownSigners = ['own-ca', 'own-secrets'] as const;

/** What the document asks for; what is wrong with it goes to `report`. */
export function readPlatform(document: Fields, report: Report): Omit<Platform, 'file'> {
  const { isolation, tls } = readRequire(document['require'], report);
  const asked = readDefault(document['default'], report);
  const allowedIssuers = readIssuers(document['allowedIssuers'], report);
  const given = isEnough(asked, { isolation, tls }, report) ? asked : {};
  const networkIsolation = given.networkIsolation ?? (isolation && { mode: isolation });
  const tlsOptions = given.tlsOptions ?? (tls ? { mode: 'mTLS' } : undefined);
  return {
    ...(isolation ? { isolation } : {}),
    tls,
    gives: { ...(networkIsolation ? { networkIsolation } : {}), ...(tlsOptions ? { tlsOptions } : {}) },
    ...(allowedIssuers ? { allowedIssuers } : {}),
  };
}

type Required = { readonly isolation: Platform['isolation']; readonly tls: boolean };

function readRequire(value: unknown, report: Report): Required {
  const path = ['require'];
  if (value === undefined || !checkMap(value, path, report)) return { isolation: undefined, tls: false };
  checkKeys(value, path, requireKeys, report);
  const { networkIsolation: asked, tls = false } = value;
  // KubeRay writes DenyAll, we write denyAll.
  const isolation = isolationModes.find((mode) => typeof asked === 'string' && asked.replace(/^D/, 'd') === mode);
  if (asked !== undefined && isolation === undefined) {
    const expected = `one of ${isolationModes.join(', ')}`;
    report('SETTINGS_FORM', [...path, 'networkIsolation'], { field: 'require.networkIsolation', expected });
  }
  if (typeof tls !== 'boolean') {
    report('SETTINGS_FORM', [...path, 'tls'], { field: 'require.tls', expected: 'true or false' });
  }
  return { isolation, tls: tls === true };
}

function readDefault(value: unknown, report: Report): Platform['gives'] {
  const path = ['default'];
  if (value === undefined || !checkMap(value, path, report)) return {};
  checkKeys(value, path, defaultKeys, report);
  const fields = Object.entries(value).filter(
    ([key, field]) => defaultKeys.includes(key) && checkMap(field, [...path, key], report),
  );
  return Object.fromEntries(fields);
}

/** A default below what is required would make every Ray spec that says nothing an error of its author's. */
function isEnough(
  { networkIsolation, tlsOptions }: Platform['gives'],
  { isolation, tls }: Required,
  report: Report,
): boolean {
  const { mode = 'denyAll' } = (networkIsolation ?? {}) as Fields;
  const isWeak = isolation !== undefined && !isAtLeast(String(mode).replace(/^D/, 'd'), isolation);
  if (isWeak) {
    report('PLATFORM_DEFAULT_WEAK', ['default', 'networkIsolation', 'mode'], { rule: 'require.networkIsolation' });
  }
  const { enabled, retiring } = (tlsOptions ?? {}) as Fields;
  const isOff = tls && (enabled === false || retiring === true);
  if (isOff) {
    const path: FieldPath = ['default', 'tlsOptions', enabled === false ? 'enabled' : 'retiring'];
    report('PLATFORM_DEFAULT_WEAK', path, { rule: 'require.tls' });
  }
  return !isWeak && !isOff;
}

function readIssuers(value: unknown, report: Report): readonly AllowedIssuer[] | undefined {
  if (value === undefined) return undefined;
  const field = 'allowedIssuers';
  if (!Array.isArray(value) || value.length === 0) {
    report('SETTINGS_FORM', [field], { field, expected: 'a list of at least one issuer' });
    return [];
  }
  return value.flatMap((entry: unknown, index): AllowedIssuer[] => {
    const own = ownSigners.find((word) => word === entry);
    const reading = issuerForm.read(entry);
    const allowed = own ?? ('value' in reading ? reading.value : undefined);
    if (allowed !== undefined) return [allowed];
    const expected = `${ownSigners.join(', ')}, [KIND[.GROUP]/]NAME, or a map of name, kind and group`;
    report('SETTINGS_FORM', [field, index], { field: `${field}[${index}]`, expected });
    return [];
  });
}

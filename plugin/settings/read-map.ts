// Maps of a settings document: that they are maps, and that every key of theirs is known.
import type { FieldPath, Report } from '../findings/finding.ts';
import { findNearest } from '../findings/nearest.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** The keys beside `spec` that only the platform file has: to ignore them elsewhere would lose what they ask for. */
export const platformKeys: readonly string[] = ['lock', 'require', 'default', 'allowedIssuers'];

export function checkMap(value: unknown, path: FieldPath, report: Report): value is Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return true;
  report('SETTINGS_FORM', path, { field: path.join('.') || 'the document', expected: 'a map' });
  return false;
}

export function checkKeys(map: Fields, path: FieldPath, known: readonly string[], report: Report): void {
  for (const key of Object.keys(map)) {
    if (known.includes(key)) continue;
    if (platformKeys.includes(key)) report('SETTINGS_LOCK_PLACE', [...path, key], { key }, 'key');
    else report('SETTINGS_KEY_UNKNOWN', [...path, key], { key, known, ...nearestOf(key, known) }, 'key');
  }
}

export const nearestOf = (key: string, known: readonly string[]): { readonly nearest?: string } => {
  const nearest = findNearest(key, known);
  return nearest === undefined ? {} : { nearest };
};

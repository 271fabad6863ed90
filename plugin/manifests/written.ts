// What stands in the text, where the reading has made something else of it: `2.10` of the number 2.1, `yes` of true.
import type { FieldPath } from '../findings/finding.ts';
import { valueAt } from './edit.ts';
import type { Manifest } from './manifest.ts';
import { offsetOf } from './position.ts';
import { resolvePlain } from './scalar.ts';

const word = /[^\s,[\]{}#"']*/y;

/**
 * The unquoted word that is read as the number, boolean or null at `path`, from the document's root; empty of a field without
 * any. Undefined where there is none: the value is a text, a map or a list, or an alias brings it.
 */
export function wordAt(manifest: Manifest, path: FieldPath): string | undefined {
  const value = valueAt(manifest.content?.value, path);
  if (value === undefined || typeof value === 'string' || (typeof value === 'object' && value !== null))
    return undefined;
  word.lastIndex = offsetOf(manifest, path);
  const written = word.exec(manifest.source.text)?.[0] ?? '';
  const plain = resolvePlain(written);
  return 'value' in plain && plain.value === value ? written : undefined;
}

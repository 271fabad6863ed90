// Bytes to text. Kubernetes reads UTF-8 and puts U+FFFD in place of what is not; we refuse, since a changed name is a lost
// rule. NUL and other control bytes are no YAML: https://yaml.org/spec/1.2.2/#51-character-set
import type { Finding } from '../findings/finding.ts';
import { positionAt } from './position.ts';

// Tab, line feed and carriage return are the control characters that YAML allows.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const controlCharacter = /[\x00-\x08\x0b\x0c\x0e-\x1f]/;

/** The text of a file, its byte order mark kept; or the one finding that says why it is none. */
export function decode(
  file: string,
  bytes: Uint8Array,
  maxBytes: number,
): { readonly text: string } | { readonly finding: Finding } {
  if (bytes.length > maxBytes) {
    return {
      finding: {
        code: 'INPUT_TOO_LARGE',
        severity: 'error',
        position: { file },
        facts: { bytes: bytes.length, limit: maxBytes },
      },
    };
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const offset = findInvalid(bytes);
    const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, offset), { stream: true });
    const position = positionAt({ file, text: before }, before.length);
    return { finding: { code: 'INPUT_NOT_UTF8', severity: 'error', position, facts: { offset } } };
  }
  const control = controlCharacter.exec(text);
  if (control === null) return { text };
  return {
    finding: {
      code: 'INPUT_CONTROL_CHARACTER',
      severity: 'error',
      position: positionAt({ file, text }, control.index),
      facts: { character: `U+${(text.codePointAt(control.index) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` },
    },
  };
}

/** The offset of the first byte that is not UTF-8: halving, since a decoder says only that there is one. */
function findInvalid(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    // A cut character at the end is no fault of what stands before it: `stream` lets it pass.
    if (isDecodable(bytes.subarray(0, middle + 1))) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isDecodable(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

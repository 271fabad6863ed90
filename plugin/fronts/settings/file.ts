// A settings file as a layer: its text, its one document, and a Report that places findings in it.
import type { Finding, Report } from '../../findings/finding.ts';
import { printPosition } from '../../findings/print-text.ts';
import { findingTable } from '../../findings/table.ts';
import { isBlank } from '../../manifests/blank.ts';
import { decode } from '../../manifests/bytes.ts';
import { compose } from '../../manifests/compose.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { positionAt, positionOf } from '../../manifests/position.ts';
import { splitStream } from '../../manifests/split.ts';
import { type DocumentRole, readSettingsDocument } from '../../settings/document.ts';
import type { Layer } from '../../settings/resolve.ts';
import { settingOf } from '../../settings/table.ts';

/** The limits of a settings file are the defaults: nobody has set any yet. */
const limits = {
  maxDepth: Number(settingOf('maxDepth').default),
  maxAliases: Number(settingOf('maxAliases').default),
  maxKeys: Number(settingOf('maxKeys').default),
};
/** A settings file is written by hand: 1 MiB is more than any needs. */
export const settingsFileLimit = 1_048_576;

/** The layer that `bytes` give; undefined where they hold no document that can be read. */
export function readSettingsFile(
  file: string,
  bytes: Uint8Array,
  role: DocumentRole,
  findings: Finding[],
): Layer | undefined {
  const decoded = decode(file, bytes, settingsFileLimit);
  if ('finding' in decoded) {
    findings.push(decoded.finding);
    return undefined;
  }
  const source = { file, text: decoded.text };
  const chunks = splitStream(source).filter((chunk) => !isBlank(chunk.text));
  const [chunk] = chunks;
  if (chunk === undefined || chunks.length > 1) {
    const { severity } = findingTable.SETTINGS_FILE_DOCUMENTS;
    findings.push({
      code: 'SETTINGS_FILE_DOCUMENTS',
      severity,
      position: { file },
      facts: { documents: chunks.length },
    });
    return undefined;
  }
  return readSettingsPart(chunk, (value, report) => readSettingsDocument(value, role, report), findings);
}

/** The layer that `read` makes of a document, or of a part of one that is settings; undefined where it cannot be read. */
export function readSettingsPart(
  part: Manifest,
  read: (value: unknown, report: Report) => Layer,
  findings: Finding[],
): Layer | undefined {
  const { value, places, problems } = compose(part.text, part.offset, limits);
  for (const { offset, ...problem } of problems) {
    const position = positionAt(part.source, part.offset + offset);
    findings.push({ ...problem, severity: 'error', position } as Finding);
  }
  if (places === undefined || problems.length > 0) return undefined;
  const manifest = { ...part, content: { value, places, doubts: [] } };
  const layer = read(value, reportIn(manifest, findings));
  const given = layer.given.map((one) => ({ ...one, place: printPosition(positionOf(manifest, one.path, 'key')) }));
  const { file } = part.source;
  return { ...layer, given, ...(layer.platform ? { platform: { ...layer.platform, file } } : {}) };
}

const reportIn =
  (manifest: Manifest, findings: Finding[]): Report =>
  (code, path, facts, anchor) => {
    const position = positionOf(manifest, path, anchor);
    findings.push({ code, severity: findingTable[code].severity, position, field: path, facts } as Finding);
  };

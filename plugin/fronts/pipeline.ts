// What every front that expands does between its input and its output.
import { expand } from '../expand.ts';
import type { Finding } from '../findings/finding.ts';
import { hasError } from '../findings/order.ts';
import { printForStandardError } from '../findings/print-text.ts';
import type { Manifest, Source } from '../manifests/manifest.ts';
import { positionAt } from '../manifests/position.ts';
import { readManifests } from '../manifests/read.ts';
import { isSettings } from '../manifests/recognise.ts';
import type { Settings } from '../settings/settings.ts';
import type { Io, Outcome } from './io.ts';

/** The documents of one file, or of standard input. */
export interface Stream {
  readonly source: Source;
  readonly manifests: readonly Manifest[];
}

export function readStream(source: Source, settings: Settings, findings: Finding[]): Stream {
  const read = readManifests(source, settings);
  for (const finding of read.findings) findings.push(finding);
  for (const manifest of read.manifests) {
    if (!isSettings(manifest)) continue;
    const position = positionAt(manifest.source, manifest.offset);
    findings.push({ code: 'SETTINGS_IN_STREAM', severity: 'error', position, facts: {} });
  }
  return { source, manifests: read.manifests };
}

/** The documents of all streams, expanded as one input. */
export function expandStreams(
  streams: readonly Stream[],
  settings: Settings,
  io: Io,
  findings: Finding[],
): readonly Manifest[] {
  const manifests = streams.flatMap((stream) => stream.manifests);
  const expanded = expand(manifests, settings, io.loadValidator);
  for (const finding of expanded.findings) findings.push(finding);
  return expanded.manifests;
}

/** Whether the system refused: not the input's fault. */
export const isOfHost = ({ code }: Finding): boolean => hostCodes.includes(code);

const hostCodes: readonly string[] = [
  ...['FILE_UNREADABLE', 'FILE_UNWRITABLE', 'PRIVATE_FOLDER', 'SOURCE_SYSTEM', 'TOOL_MISSING', 'TOOL_NOT_STARTED'],
];

/** Whether the findings are such that no manifest may be printed. */
export const isFailure = (findings: readonly Finding[], settings: Settings): boolean =>
  findings.some(({ severity }) => severity === 'error' || (severity === 'warning' && settings.failOn === 'warning'));

// A run that fails must say why, and a warning alone does not look like a reason.
const failOnWarning: Finding = { code: 'FAIL_ON_WARNING', severity: 'error', facts: {} };

const valueCodes: readonly string[] = ['SETTING_INVALID', 'KEY_SIZE_SETTING', 'RENEWAL_SETTING'];

/** Wrong use, where a flag has a value that it cannot have: a run with other values is none that was asked for. */
export function refuseFlags(findings: readonly Finding[]): Outcome | undefined {
  const wrong = findings.filter(
    ({ code, facts }) => valueCodes.includes(code) && 'spelling' in facts && facts.spelling.startsWith('flag '),
  );
  return wrong.length === 0 ? undefined : { exitCode: 2, stdout: [], stderr: printForStandardError(wrong) };
}

/** The outcome of a run; `output` is asked for its text only where nothing failed. */
export function conclude(findings: readonly Finding[], settings: Settings, output: () => readonly string[]): Outcome {
  const isFailed = isFailure(findings, settings);
  const said = isFailed && !hasError(findings) ? [...findings, failOnWarning] : findings;
  const stderr = printForStandardError(said, isFailed);
  if (isFailed) return { exitCode: findings.some(isOfHost) ? 3 : 1, stdout: [], stderr };
  return { exitCode: 0, stdout: output(), stderr };
}

// The files that Helm gets as values: read by us, checked, and laid under names of our own, so that no path of an application stands on
// Helm's command line, where a comma would begin another path and a scheme would make it a URL.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Report } from '../../../findings/finding.ts';
import type { SettingName } from '../../../settings/table.ts';
import { readRegularFile } from '../../files/read-file.ts';
import { reportAt } from '../../report.ts';
import { followNamed } from '../place.ts';
import type { Rendering } from '../rendering.ts';
import type { Renamed } from '../tool-says.ts';

export interface Staged {
  readonly args: readonly string[];
  readonly renamed: readonly Renamed[];
}

/** `--values` and `--set-file`, for files that lie in the source; what does not goes to `findings`. */
export function stageFiles(rendering: Rendering, findings: Finding[]): Staged {
  const { settings, privateFolder } = rendering;
  const args: string[] = [];
  const renamed: Renamed[] = [];
  const stage = (name: string, bytes: Uint8Array | string, shown: string): string => {
    const path = join(privateFolder, name);
    writeFileSync(path, bytes, { mode: 0o600 });
    renamed.push({ path, shown });
    return path;
  };
  for (const [index, path] of settings.helmValueFiles.entries()) {
    const read = readNamed(path, { setting: 'helmValueFiles', entry: String(index + 1) }, rendering, findings);
    if (read !== undefined) args.push(`--values=${stage(`values-${index}.yaml`, read, path)}`);
  }
  if (settings.helmValues !== '') args.push(`--values=${stage('values.yaml', settings.helmValues, 'helmValues')}`);
  for (const [index, [key, path]] of Object.entries(settings.helmSetFile).sort().entries()) {
    const read = readNamed(path, { setting: 'helmSetFile', entry: key }, rendering, findings);
    if (read !== undefined) args.push(`--set-file=${key}=${stage(`file-${index}`, read, path)}`);
  }
  return { args, renamed };
}

interface Named {
  readonly setting: SettingName;
  readonly entry: string;
}

function readNamed(path: string, named: Named, rendering: Rendering, findings: Finding[]): Uint8Array | undefined {
  const { settings, place } = rendering;
  const report: Report = reportAt(findings);
  const led = followNamed(path, place);
  if (led.to === 'outside') report('HELM_FILE_OUTSIDE', [], named);
  if (led.to === 'nowhere' && !(named.setting === 'helmValueFiles' && settings.helmIgnoreMissingValueFiles)) {
    report('HELM_FILE_MISSING', [], named);
  }
  if (led.to !== 'inside') return undefined;
  return readRegularFile(led.path, { used: 0, limit: settings.maxBytes }, reportAt(findings, path));
}

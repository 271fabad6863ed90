// What an application's source is, by the files in its folder, as Argo CD's own discovery goes.
// https://argo-cd.readthedocs.io/en/stable/user-guide/tool_detection/
import { readdirSync } from 'node:fs';
import type { Finding, Report } from '../../findings/finding.ts';
import type { Settings } from '../../settings/settings.ts';
import type { SourceKind } from '../../settings/source-settings.ts';
import { kindOfName, type NameKind } from '../files/names.ts';
import { reasonOf } from '../files/read-file.ts';
import { reportAt } from '../report.ts';

export interface DetectedSource {
  readonly kind: SourceKind;
  /** The file by which its tool knows it; empty where there is none. */
  readonly file: string;
}

const fileKinds = { kustomize: 'kustomization', helm: 'chart' } as const satisfies Readonly<Record<string, NameKind>>;
const usualFiles = { kustomize: 'kustomization.yaml', helm: 'Chart.yaml' } as const;

/** The source in `folder`; undefined where `findings` were told why it cannot be said. */
export function detectSource(folder: string, settings: Settings, findings: Finding[]): DetectedSource | undefined {
  const names = listNames(folder, findings);
  const detected = names && choose(names, settings, reportAt(findings));
  // A folder of manifests is looked through all the same.
  for (const name of detected === undefined || detected.kind === 'directory' ? [] : (names ?? [])) {
    if (kindOfName(name) === 'misnamed-settings') reportAt(findings, name)('SETTINGS_FILE_NAME', [], {});
  }
  return detected;
}

function choose(names: readonly string[], { source }: Settings, report: Report): DetectedSource | undefined {
  const fileOf = (kind: keyof typeof fileKinds): string | undefined =>
    names.find((name) => kindOfName(name) === fileKinds[kind]);
  if (source === 'kustomize' || source === 'helm') {
    const file = fileOf(source);
    if (file !== undefined) return { kind: source, file };
    report('SOURCE_FILE_MISSING', [], { source, file: usualFiles[source] });
    return undefined;
  }
  if (source !== 'auto') return { kind: source, file: '' };
  const [helm, kustomize] = [fileOf('helm'), fileOf('kustomize')];
  if (helm !== undefined && kustomize !== undefined) {
    report('SOURCE_AMBIGUOUS', [], { files: [helm, kustomize] });
    return undefined;
  }
  if (helm !== undefined) return { kind: 'helm', file: helm };
  return kustomize === undefined ? { kind: 'directory', file: '' } : { kind: 'kustomize', file: kustomize };
}

function listNames(folder: string, findings: Finding[]): readonly string[] | undefined {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    reportAt(findings, '.')('FILE_UNREADABLE', [], { reason: reasonOf(error) });
    return undefined;
  }
}

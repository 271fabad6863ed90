// Plain manifests: the files of a folder, as Argo CD's own `directory` takes them.
// https://argo-cd.readthedocs.io/en/stable/user-guide/directory/
import type { Finding } from '../../findings/finding.ts';
import { readGlob } from '../../settings/glob.ts';
import type { Settings } from '../../settings/settings.ts';
import { readSources } from '../files/input.ts';
import { readStreams } from '../files/streams.ts';
import { walkFolder } from '../files/walk.ts';
import type { Stream } from '../pipeline.ts';
import { reportAt } from '../report.ts';
import type { Place } from './place.ts';

/** The documents of all files that the settings take. */
export function readDirectory(place: Place, settings: Settings, findings: Finding[]): readonly Stream[] {
  const before = findings.length;
  const walked = walkFolder(place.folder, (relative) => relative || '.', findings, {
    recurse: settings.recurse,
    takes: makeFilter(settings),
    linkRoot: place.root,
  });
  if (walked.length === 0 && findings.length === before) {
    const { include, exclude } = settings;
    if (include === '' && exclude === '') reportAt(findings, '.')('FOLDER_EMPTY', [], {});
    else reportAt(findings, '.')('FOLDER_FILTERED', [], {});
  }
  const files = walked.map((file) => ({ ...file, shown: file.relative, isFound: true }));
  return readStreams(readSources(files, settings.maxBytes, findings), settings, findings);
}

function makeFilter({ include, exclude }: Settings): (relative: string) => boolean {
  const [included, excluded] = [readGlob(include), readGlob(exclude)];
  return (relative) => excluded?.(relative) !== true && included?.(relative) !== false;
}

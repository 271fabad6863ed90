// The files of a chart, before Helm sees them: Helm follows every link and gives what it leads to to the templates.
// https://github.com/argoproj/argo-cd/security/advisories/GHSA-q4w5-4gq2-98vm
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Finding } from '../../../findings/finding.ts';
import type { Settings } from '../../../settings/settings.ts';
import { byCodeUnit } from '../../files/names.ts';
import { reasonOf } from '../../files/read-file.ts';
import { reportAt } from '../../report.ts';
import { follow, type Place } from '../place.ts';

interface Walk {
  readonly place: Place;
  readonly limit: number;
  readonly findings: Finding[];
  files: number;
  bytes: number;
}

// More than any chart has; links can make few files many.
const mostFiles = 20_000;

/** Says what is wrong with the files of the chart in `chart`, which lies at or below the root of `place`. */
export function checkChart(chart: string, place: Place, settings: Settings, findings: Finding[]): void {
  const walk: Walk = { place, limit: settings.maxBytes, findings, files: 0, bytes: 0 };
  walkFolder(chart, [realpathSync.native(chart)], walk);
  if (walk.files > mostFiles) reportAt(findings)('SOURCE_TOO_MANY_FILES', [], { limit: mostFiles });
  else if (walk.bytes > walk.limit) reportAt(findings)('INPUT_TOO_LARGE', [], { bytes: walk.bytes, limit: walk.limit });
}

/** `above`: the real paths of the folder and of those that it stands in. */
function walkFolder(folder: string, above: readonly string[], walk: Walk): void {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => byCodeUnit(a.name, b.name));
  for (const entry of entries) {
    // Git's own, where the chart is the root of its repository: nobody can commit files there.
    if (entry.name === '.git') continue;
    walk.files += 1;
    if (walk.files > mostFiles || walk.bytes > walk.limit) return;
    visit(join(folder, entry.name), entry, above, walk);
  }
}

function visit(path: string, entry: Dirent, above: readonly string[], walk: Walk): void {
  const report = reportAt(walk.findings, relative(walk.place.folder, path));
  try {
    const led = entry.isSymbolicLink() ? follow(path, walk.place.root) : ({ to: 'inside', path } as const);
    if (led.to === 'outside') report('LINK_OUTSIDE', [], {});
    else if (led.to === 'nowhere') report('LINK_BROKEN', [], {});
    else if (above.includes(led.path)) report('LINK_LOOP', [], {});
    else {
      const stats = statSync(led.path);
      if (stats.isDirectory()) walkFolder(path, [...above, led.path], walk);
      else walk.bytes += stats.size;
    }
  } catch (error) {
    report('FILE_UNREADABLE', [], { reason: reasonOf(error) });
  }
}

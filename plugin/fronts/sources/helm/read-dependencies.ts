// What a chart says that it depends on, in Chart.yaml, or in requirements.yaml as of Helm 2.
// https://helm.sh/docs/topics/charts/#chart-dependencies
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Finding } from '../../../findings/finding.ts';
import { decode } from '../../../manifests/bytes.ts';
import { compose } from '../../../manifests/compose.ts';
import { readRegularFile } from '../../files/read-file.ts';
import { reportAt } from '../../report.ts';
import { follow, type Place } from '../place.ts';
import type { Rendering } from '../rendering.ts';

export interface Dependency {
  readonly name: string;
  /** Whether it lies in charts/, where Helm takes it from. */
  readonly isVendored: boolean;
  readonly from:
    | { readonly is: 'source'; readonly folder: string }
    | { readonly is: 'outside' | 'nowhere' }
    | { readonly is: 'remote'; readonly url: string };
}

/** The dependencies of the chart in `chart`; none of a file that is not there or is no YAML, which Helm says itself. */
export function readDependencies(chart: string, rendering: Rendering, findings: Finding[]): readonly Dependency[] {
  const vendored = listVendored(chart);
  return ['Chart.yaml', 'requirements.yaml']
    .flatMap((name) => readEntries(join(chart, name), rendering, findings))
    .map(({ name, repository }) => ({
      name,
      isVendored: vendored.some((entry) => entry === name || (entry.startsWith(`${name}-`) && entry.endsWith('.tgz'))),
      from: readRepository(repository, chart, rendering.place),
    }));
}

const listVendored = (chart: string): readonly string[] =>
  existsSync(join(chart, 'charts')) ? readdirSync(join(chart, 'charts')) : [];

function readRepository(repository: string, chart: string, { root }: Place): Dependency['from'] {
  if (repository === '') return { is: 'nowhere' };
  if (!repository.startsWith('file://')) return { is: 'remote', url: repository };
  const path = repository.slice('file://'.length);
  // An absolute path is one of this machine to Helm.
  const led = path.startsWith('/') ? ({ to: 'outside' } as const) : follow(resolve(chart, path), root);
  return led.to === 'inside' ? { is: 'source', folder: led.path } : { is: led.to };
}

interface Entry {
  readonly name: string;
  readonly repository: string;
}

function readEntries(path: string, { place, settings }: Rendering, findings: Finding[]): readonly Entry[] {
  const led = follow(path, place.root);
  if (led.to !== 'inside') return [];
  const shown = relative(place.folder, path);
  const bytes = readRegularFile(led.path, { used: 0, limit: settings.maxBytes }, reportAt(findings, shown));
  if (bytes === undefined) return [];
  const decoded = decode(shown, bytes, settings.maxBytes);
  if ('finding' in decoded) {
    findings.push(decoded.finding);
    return [];
  }
  const { dependencies } = (compose(decoded.text, 0, settings).value ?? {}) as { dependencies?: unknown };
  if (!Array.isArray(dependencies)) return [];
  return dependencies.flatMap((entry: unknown) => {
    const { name, repository = '' } = (entry ?? {}) as { name?: unknown; repository?: unknown };
    return typeof name === 'string' && typeof repository === 'string' ? [{ name, repository }] : [];
  });
}

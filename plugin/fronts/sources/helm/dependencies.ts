// Charts that a chart depends on and that are not in its folder charts/. Those of the source itself (`file://`) are packaged into it, in a
// copy: nothing is ever written into a source. Others must be committed, unless the network is allowed.
import { cpSync, mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Finding } from '../../../findings/finding.ts';
import { reportAt } from '../../report.ts';
import type { Rendering } from '../rendering.ts';
import { runTool } from '../run-tool.ts';
import { checkChart } from './check-chart.ts';
import { type Dependency, readDependencies } from './read-dependencies.ts';

/** What Helm says of a dependency that is not in charts/, as Argo CD asks too. */
export const lacksDependency = (said: string): boolean => said.includes('missing in charts/ directory');

/** A chart with what it lacks; those that it takes from the source stand before it. */
interface Lacking {
  readonly folder: string;
  readonly lacks: readonly Dependency[];
}

/** A copy of the chart with its dependencies in it; undefined where `findings` were told why there is none. */
export async function buildDependencies(rendering: Rendering, findings: Finding[]): Promise<string | undefined> {
  const { place, privateFolder } = rendering;
  const before = findings.length;
  const charts: Lacking[] = [];
  collectCharts(place.folder, { charts, seen: new Set(), rendering, findings });
  if (findings.length > before) return undefined;
  const copyOf = (folder: string): string => join(privateFolder, 'tree', relative(place.root, folder));
  for (const { folder } of charts) cpSync(folder, copyOf(folder), { recursive: true, dereference: true });
  for (const { folder, lacks } of charts) {
    const copy = copyOf(folder);
    mkdirSync(join(copy, 'charts'), { recursive: true });
    for (const command of commandsFor(lacks, copyOf, copy)) {
      if (!(await runHelm(command, copy, rendering, findings))) return undefined;
    }
  }
  return copyOf(place.folder);
}

interface Collection {
  readonly charts: Lacking[];
  /** Charts may need each other. */
  readonly seen: Set<string>;
  readonly rendering: Rendering;
  readonly findings: Finding[];
}

/** Puts the charts that `chart` takes from the source, and then itself, to the collection. */
function collectCharts(chart: string, collection: Collection): void {
  const { charts, seen, rendering, findings } = collection;
  const { place, settings, allowed } = rendering;
  if (seen.has(chart)) return;
  seen.add(chart);
  if (chart !== place.folder) checkChart(chart, place, settings, findings);
  const lacks = readDependencies(chart, rendering, findings).filter(({ isVendored }) => !isVendored);
  const report = reportAt(findings, relative(place.folder, join(chart, 'Chart.yaml')));
  for (const { name, from } of lacks) {
    if (from.is === 'outside') report('HELM_DEPENDENCY_OUTSIDE', [], { name });
    else if (from.is === 'nowhere') report('HELM_DEPENDENCY_MISSING', [], { name });
    else if (from.is === 'remote' && !allowed.has('network')) report('HELM_DEPENDENCY_REMOTE', [], { name });
    else if (from.is === 'source') collectCharts(from.folder, collection);
  }
  charts.push({ folder: chart, lacks });
}

/** Helm builds only from repositories that it was told of, and what it builds it builds whole. */
function commandsFor(lacks: readonly Dependency[], copyOf: (folder: string) => string, copy: string): string[][] {
  const remote = lacks.flatMap(({ from }) => (from.is === 'remote' ? [from.url] : []));
  const repositories = [...new Set(remote)].filter((url) => /^https?:/.test(url)).sort();
  if (remote.length > 0) {
    const added = repositories.map((url, index) => ['repo', 'add', '--force-update', `repository-${index}`, url]);
    return [...added, ['dependency', 'build', '.']];
  }
  return lacks.flatMap(({ from }) =>
    from.is === 'source' ? [['package', copyOf(from.folder), '--destination', join(copy, 'charts')]] : [],
  );
}

async function runHelm(args: string[], cwd: string, rendering: Rendering, findings: Finding[]): Promise<boolean> {
  const said: Finding[] = [];
  const renamed = [{ path: `${join(rendering.privateFolder, 'tree')}/`, shown: '' }];
  const text = await runTool({ tool: 'helm', args, cwd, file: 'Chart.yaml', renamed }, rendering, said);
  // What it says when all is well is of no use to anybody.
  findings.push(...said.filter(({ severity }) => severity === 'error'));
  return text !== undefined;
}

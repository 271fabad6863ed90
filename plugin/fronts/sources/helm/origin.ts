// Which template a rendered document comes from: Helm writes `# Source: <chart>/<path>` before each.
// https://github.com/helm/helm/blob/v3.21.4/pkg/action/action.go
import type { Position } from '../../../findings/finding.ts';
import type { Source } from '../../../manifests/manifest.ts';

const origin = /^---\n# Source: ([^\n]+)\n/gm;

/** How messages name what Helm prints. */
const renderedFile = 'helm template';

/**
 * The same text as one source for each run of documents of one template, so that lines are counted as in the output of
 * `helm template --show-only`.
 */
export function splitByTemplate(text: string): readonly Source[] {
  const starts = [...text.matchAll(origin)].map(({ index, 1: path = '' }) => ({ at: index, path }));
  const runs = starts.filter(({ path }, index) => path !== starts[index - 1]?.path);
  const first = runs[0]?.at ?? text.length;
  const sources = runs.map(({ at, path }, index) => ({
    file: `${renderedFile}: ${withoutChart(path)}`,
    text: text.slice(at, runs[index + 1]?.at),
  }));
  return first === 0 ? sources : [{ file: renderedFile, text: text.slice(0, first) }, ...sources];
}

/** From the chart's folder: the first step is the chart's name. */
const withoutChart = (path: string): string => path.slice(path.indexOf('/') + 1);

/** Where Helm says that a template has failed: `(ray/templates/a.yaml:3:5)`, `parse error on ray/templates/a.yaml`. */
export function locateFault(said: string): Position | undefined {
  const [, path, line, column] =
    /\b([\w.-]+\/(?:[\w.-]+\/)*[\w.-]+\.(?:ya?ml|tpl|txt|json))(?::(\d+)(?::(\d+))?)?/.exec(said) ?? [];
  if (path === undefined) return undefined;
  const file = withoutChart(path);
  if (!/^(templates|charts|crds)\//.test(file)) return undefined;
  return { file, ...(line === undefined ? {} : { line: Number(line), column: Number(column ?? 0) + 1 }) };
}

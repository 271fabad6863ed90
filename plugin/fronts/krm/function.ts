// `rayshield krm`: a KRM function, as kustomize and kpt start one. A ResourceList comes and goes by standard input and output;
// kustomize reads standard output even of a function that fails, and shows standard error alone.
// https://github.com/kubernetes-sigs/kustomize/blob/master/cmd/config/docs/api-conventions/functions-spec.md
import { expand } from '../../expand.ts';
import type { Finding } from '../../findings/finding.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { printYAML } from '../../manifests/print-yaml.ts';
import {
  functionVersions,
  printResourceList,
  type ResourceList,
  readResourceList,
} from '../../manifests/resource-list.ts';
import type { Settings } from '../../settings/settings.ts';
import { validate } from '../../validate.ts';
import type { Arguments } from '../arguments.ts';
import type { Io, Outcome } from '../io.ts';
import { conclude, refuseFlags } from '../pipeline.ts';
import { readSettings, readStdin, workingDirectory } from '../read-input.ts';
import { reportAt } from '../report.ts';
import { readEnvironment } from '../settings/environment.ts';
import { gatherSettings } from '../settings/gather.ts';
import { checkItems } from './check-items.ts';
import { readFunctionConfig } from './function-config.ts';
import { makeOrigins, type Origin, renamePosition } from './items.ts';
import { buildResults } from './results.ts';
import { answerOfValidator, isOfKustomizeBuild } from './validator.ts';

/** Answers the ResourceList on standard input. Where a finding is an error the answer has results and no items. */
export async function runFunction(args: Arguments, io: Io): Promise<Outcome> {
  const findings: Finding[] = [];
  // How much may come is no setting that what comes can change.
  const first = readSettings(args, io, [workingDirectory(io)], []);
  if ('refused' in first) return first.refused;
  const [source] = await readStdin(io, first.settings.maxBytes, findings);
  const list = source === undefined ? { problem: 'cannot be read' } : readResourceList(source);
  if ('problem' in list) {
    if (source !== undefined) reportAt(findings, source.file)('FUNCTION_INPUT', [], list);
    return answer({ findings, settings: first.settings, manifests: [] });
  }
  const { layer: functionConfig, isCheck } = readFunctionConfig(list.functionConfig, findings);
  const upper = { functionConfig, environment: readEnvironment(io.env, reportAt(findings)), flags: args.flags };
  // A functionConfig is what rayshield.yaml is elsewhere, and takes its place.
  const roots = list.functionConfig === undefined ? [workingDirectory(io)] : [];
  const { settings } = gatherSettings(io, roots, upper, findings);
  const refused = refuseFlags(findings);
  if (refused !== undefined) return refused;
  const manifests = checkItems(list, settings, findings);
  const only = args.check || isCheck;
  return answer({ findings, settings, list, manifests: transform(manifests, { settings, io, findings, only }) });
}

interface Run {
  readonly settings: Settings;
  readonly io: Io;
  readonly findings: Finding[];
  /** Whether items are only checked. */
  readonly only: boolean;
}

function transform(items: readonly Manifest[], { settings, io: { loadValidator }, findings, only }: Run) {
  if (!only) {
    const expanded = expand(items, settings, loadValidator);
    findings.push(...expanded.findings);
    return expanded.manifests;
  }
  findings.push(...validate(items, { settings, loadValidator, allKinds: false, isExpanded: false }).findings);
  return isOfKustomizeBuild(items) ? [answerOfValidator(items)] : items;
}

interface Answer {
  readonly findings: readonly Finding[];
  readonly settings: Settings;
  readonly list?: ResourceList;
  readonly manifests: readonly Manifest[];
}

function answer({ findings, settings, list, manifests }: Answer): Outcome {
  const origins = list === undefined ? () => undefined : makeOrigins(list);
  const placed = new Map<Finding, Origin | undefined>();
  for (const finding of findings) {
    const origin = finding.position?.line === undefined ? undefined : origins(finding.position);
    placed.set(renamePosition(finding, origin), origin);
  }
  const said = [...placed.keys()];
  const results = buildResults(said, (finding) => placed.get(finding));
  const outcome = conclude(said, settings, () =>
    list === undefined ? [] : printResourceList(list, manifests, results),
  );
  if (outcome.exitCode === 0) return outcome;
  const apiVersion = list?.apiVersion ?? functionVersions[0];
  return { ...outcome, stdout: [printYAML({ apiVersion, kind: 'ResourceList', items: [], results })] };
}

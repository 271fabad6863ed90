// What must hold of an owner before it is read as a spec, and of every object before it is printed: both ends of the
// way are held against the schemas of the cluster that will take them.
import type { FieldPath, Finding, Report } from '../findings/finding.ts';
import { hasError } from '../findings/order.ts';
import { printPath } from '../findings/print-text.ts';
import { sayFinding } from '../findings/say.ts';
import { valueAt } from '../manifests/edit.ts';
import type { KubernetesObject, Resource } from '../manifests/manifest.ts';
import { dropNulls } from '../manifests/nulls.ts';
import { reportOn } from '../manifests/report.ts';
import { isolationFields, readSecurityKey, securityFields } from '../ray/fields.ts';
import { type Candidate, hasClusterSelector } from '../ray/find.ts';
import { rayKinds } from '../ray/kinds.ts';
import type { Settings } from '../settings/settings.ts';
import { checkSchema } from './schema.ts';
import type { LoadValidator } from './validator.ts';

/** The candidate as the API server takes it; undefined where the findings say what keeps it from being expanded. */
export function checkInput(
  candidate: Candidate,
  settings: Settings,
  load: LoadValidator,
  findings: Finding[],
): Candidate | undefined {
  const found: Finding[] = [];
  checkFields(candidate, found);
  checkServed(candidate, settings, found);
  // Not before: of our own fields null is refused, since it could mean on or off.
  const resource = { ...candidate.resource, body: dropNulls(candidate.resource.body) };
  if (!hasError(found)) checkSchemaOf(resource, settings, load, found);
  // A field of ours at a wrong place or misspelt has been reported as such.
  findings.push(...found.filter((one) => !isUnknownSecurityKey(one)));
  // An unknown field leaves all others as they are, so what the rules say of them is said in the same run; one that is a
  // slip of a known name may stand for a field that is needed.
  const isReadable = found.every(
    (one) => one.severity !== 'error' || (one.code === 'SCHEMA_UNKNOWN_FIELD' && one.facts.nearest === undefined),
  );
  return isReadable ? { ...candidate, resource } : undefined;
}

const isUnknownSecurityKey = ({ code, field }: Finding): boolean =>
  code === 'SCHEMA_UNKNOWN_FIELD' && readSecurityKey(String(field?.at(-1))) !== undefined;

/** The fields themselves: given once, not null, and not where another cluster is used. */
function checkFields({ resource, kind }: Candidate, findings: Finding[]): void {
  const report = reportOn(resource, findings);
  const { specPath } = rayKinds[kind];
  // A RayJob with a clusterSelector may have none.
  const spec = Object(valueAt(resource.body, specPath)) as Readonly<Record<string, unknown>>;
  const given = securityFields.filter((field) => Object.hasOwn(spec, field));
  const hasSelector = hasClusterSelector(resource.body, kind);
  for (const field of given) {
    if (spec[field] === null) report('FIELD_NULL', [...specPath, field], { field }, 'key');
    else reportNulls(spec[field], [...specPath, field], report);
    if (hasSelector) report('FIELD_BESIDE_CLUSTER_SELECTOR', [...specPath, field], { field }, 'key');
  }
  if (isolationFields.every((field) => given.includes(field))) {
    report('ISOLATION_TWICE', [...specPath, isolationFields[1]], {}, 'key');
  }
}

/**
 * A label or peer without a value means more than one with it: within rules, which are items of lists, no null is dropped. An
 * option without a value is at its default, which denies no less; its author may have meant another.
 */
function reportNulls(value: unknown, path: FieldPath, report: Report, inList = false): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, child] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(name) : name];
    if (child === null && Array.isArray(value)) report('FIELD_EMPTY', at, { name: undefined }, 'key');
    else if (child === null) report(inList ? 'FIELD_EMPTY' : 'FIELD_LEFT_EMPTY', at, { name }, 'key');
    else reportNulls(child, at, report, inList || Array.isArray(value));
  }
}

/** A kind that the cluster's KubeRay does not have yet would be refused, or stored where nobody looks. */
function checkServed({ resource, kind }: Candidate, settings: Settings, findings: Finding[]): void {
  const { kuberayVersion, kubeApiVersions } = settings;
  const { apiVersion } = resource.body;
  const { since } = rayKinds[kind];
  const isServed = kuberayVersion >= since && !(kind === 'RayCronJob' && apiVersion !== 'ray.io/v1');
  const at = apiVersion === 'ray.io/v1' ? 'kind' : 'apiVersion';
  if (!isServed) reportOn(resource, findings)('KIND_NOT_SERVED', [at], { kind, apiVersion, kuberayVersion, since });
  else if (lacksKind(kubeApiVersions, `${apiVersion}/${kind}`)) {
    reportOn(resource, findings)('KIND_NOT_INSTALLED', [at], { kind, apiVersion, since });
  }
}

/**
 * Only where the cluster is known to have kinds of ray.io. A list without any may be that of a cluster which gets KubeRay in the
 * same sync, or of a user who has named what matters to them.
 */
const lacksKind = (kubeApiVersions: readonly string[], kind: string): boolean =>
  kubeApiVersions.some((one) => /^ray\.io\/[^/]+\//.test(one)) && !kubeApiVersions.includes(kind);

/** Holds an object against the schema of its kind, if we have one. */
export function checkSchemaOf(resource: Resource, settings: Settings, load: LoadValidator, findings: Finding[]): void {
  const { apiVersion, kind } = resource.body;
  const validate = load(apiVersion, kind, settings.kuberayVersion);
  if (validate !== undefined) checkSchema(resource, validate, reportOn(resource, findings));
}

/** What has been made of one owner. */
interface Output {
  readonly resource: Resource;
  readonly before: readonly KubernetesObject[];
  readonly body: KubernetesObject;
}

/** Reports generated and rewritten objects that their own schema refuses: what no API server takes is never printed. */
export function checkOutput(output: Output, settings: Settings, load: LoadValidator, findings: Finding[]): void {
  const { resource } = output;
  for (const body of [...output.before, output.body]) {
    const found: Finding[] = [];
    checkSchemaOf({ ...resource, body }, settings, load, found);
    const [first] = found;
    if (first === undefined) continue;
    reportOn(resource, findings)('OUTPUT_INVALID', ['metadata', 'name'], {
      kind: body.kind,
      name: body.metadata.name ?? '',
      field: printPath(first.field ?? []),
      problem: sayFinding(first)[0],
    });
  }
}

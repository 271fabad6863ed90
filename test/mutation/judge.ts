// What becomes of a mutation: found, or still valid for reasons, or neither, which is a gap in the product.
import type { Finding } from '../../plugin/findings/finding.ts';
import { sortFindings } from '../../plugin/findings/order.ts';
import { printFinding } from '../../plugin/findings/print-text.ts';
import { readStreams } from '../../plugin/fronts/files/streams.ts';
import { findResources } from '../../plugin/manifests/list.ts';
import type { KubernetesObject } from '../../plugin/manifests/manifest.ts';
import { isRayApiVersion, readAnyContent, readManifests } from '../../plugin/manifests/read.ts';
import { validate } from '../../plugin/validate.ts';
import { ioFor } from '../support/case.ts';
import { makeSettings } from '../support/settings.ts';
import { explain, type Reason } from './explain.ts';
import type { Mutation } from './mutate.ts';
import type { Site } from './sites.ts';

const settings = makeSettings({
  operatorNamespace: 'kuberay-system',
  namespace: 'ml',
  dns: ['kube-dns'],
  apiServer: [{ cidr: '10.0.0.1/32', port: 6443 }],
});
const { loadValidator } = ioFor('/');

const read = (text: string) => readManifests({ file: 'a.yaml', text }, settings).manifests;

/** What `rayshield validate a.yaml` has to say, in the order in which it says it. */
export function judgeText(text: string): readonly Finding[] {
  const findings: Finding[] = [];
  const streams = readStreams(new Map([[{ file: 'a.yaml', text }, { isFound: true }]]), settings, findings);
  const manifests = streams.flatMap((stream) => stream.manifests);
  const judged = validate(manifests, { settings, loadValidator, allKinds: false, isExpanded: false });
  return sortFindings([...findings, ...judged.findings]);
}

/** The Ray objects of a text, in order. */
const readRayObjects = (text: string): readonly KubernetesObject[] =>
  read(text)
    .flatMap((manifest) => findResources(readAnyContent(manifest, settings).manifest))
    .map(({ body }) => body)
    .filter(({ apiVersion }) => isRayApiVersion(apiVersion));

export type Verdict =
  | { readonly is: 'found'; readonly messages: readonly string[] }
  | { readonly is: 'still valid'; readonly reasons: ReadonlySet<Reason> }
  | { readonly is: 'unexplained' };

const placeOf = ({ code, field = [] }: Finding): string => JSON.stringify([code, field]);

const isAt = ({ field = [] }: Finding, { path }: Site): boolean => JSON.stringify(field) === JSON.stringify(path);

/** A specimen and what is said of it before it is mutated. */
export class Judge {
  private readonly objects: readonly KubernetesObject[];
  private readonly known: ReadonlySet<string>;

  constructor(text: string) {
    this.objects = readRayObjects(text);
    this.known = new Set(judgeText(text).map(placeOf));
  }

  judge({ text, site }: Mutation): Verdict {
    // An info finds a mistake where it is about the very field.
    const found = judgeText(text).filter(
      (one) => !this.known.has(placeOf(one)) && (one.severity !== 'info' || isAt(one, site)),
    );
    if (found.length > 0) return { is: 'found', messages: found.map(printFinding) };
    const objects = readRayObjects(text);
    if (objects.length !== this.objects.length) return { is: 'unexplained' };
    const reasons = new Set<Reason>();
    for (const [index, before] of this.objects.entries()) {
      const why = explain(before, objects[index]);
      if (why === undefined) return { is: 'unexplained' };
      for (const reason of why) reasons.add(reason);
    }
    if (reasons.size > 1) reasons.delete('reads the same');
    return { is: 'still valid', reasons };
  }
}

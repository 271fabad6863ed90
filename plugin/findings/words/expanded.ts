// The words of `validate --expanded`: what a renderer, an overlay or a later step has done to what rayshield printed.
import { error, info, warning } from '../words.ts';

type None = Record<string, never>;

/** What a selector has become. */
interface Selector {
  readonly kind: 'NetworkPolicy' | 'Service';
  /** The groups that it should take and does not. */
  readonly misses: readonly string[];
  /** Whether it takes pods that it should not. */
  readonly takesOthers: boolean;
}

const relabelled =
  'let rayshield run behind what changes labels, selectors or groups (kustomize: commonLabels, and labels with includeSelectors), as the last step';

function sayChanged({ misses, takesOthers }: Selector): string {
  const parts = [
    ...(misses.length === 0 ? [] : [`no longer takes the pods of ${misses.join(', ')}`]),
    ...(takesOthers ? ['takes pods that it is not made for'] : []),
  ];
  return parts.join(' and ');
}

/** What of a direction is gone: the owner's pods among themselves, or the operator. */
interface Peer {
  readonly direction: 'ingress' | 'egress';
  readonly who: 'own pods' | 'operator';
}

const peers: Readonly<Record<Peer['who'], readonly [kept: string, effect: string]>> = {
  'own pods': ['the pods of the same owner', 'its nodes cannot find each other'],
  operator: ['pods with the label of the KubeRay operator', 'KubeRay cannot ask the head how it is'],
};

export const expandedWords = {
  EXPANDED_FIELD_LEFT: error((f: { field: string }) => [
    `${f.field} is still here: what rendered this stream has left rayshield out, and the pods would start without protection or not at all`,
    'let rayshield be the last step: kustomize build skips it without --enable-exec, Helm 3 with --output-dir runs no post-renderer, and nothing may add the field behind it',
  ]),
  EXPANDED_RENAMED: error((f: { kind: string; former: string }) => [
    `this ${f.kind} was called ${f.former} when rayshield expanded it: selectors, DNS names and certificates are made for that name`,
    'let rayshield run behind what renames (namePrefix, nameSuffix), as the last step',
  ]),
  EXPANDED_NAMESPACE_MOVED: error((f: { former: string; namespace: string }) => [
    f.namespace === ''
      ? `DNS names and certificates are made for the namespace ${f.former}, and this object names no namespace`
      : `DNS names and certificates are made for the namespace ${f.former}, and this object is in ${f.namespace}`,
    'let rayshield run behind what sets the namespace, as the last step',
  ]),
  EXPANDED_OBJECT_MISSING: error((f: { kind: string; name: string; place?: string }) => [
    f.place === undefined
      ? `the ${f.kind} ${f.name} that was made for this object is not in this stream`
      : `the ${f.kind} ${f.name} that was made for this object, at ${f.place}, has a form that the API server does not take`,
    'pass on all that rayshield prints, or let it run behind what drops or changes objects, as the last step',
  ]),
  EXPANDED_OBJECT_ELSEWHERE: error((f: { kind: string; name: string; namespace: string; place: string }) => [
    `the ${f.kind} ${f.name} that was made for this object is in ${f.namespace === '' ? 'no namespace' : `the namespace ${f.namespace}`} (${f.place}), where it does nothing for it`,
    'let rayshield run behind what sets the namespace, as the last step',
  ]),
  EXPANDED_OBJECT_TWICE: error((f: { other: string }) => [
    `${f.other} is the same object, and the one that is applied last would win`,
    'remove one of the two; if they are from two runs of rayshield, expand the stream once, as the last step',
  ]),
  EXPANDED_OWNER_MISSING: error((f: { owner: string; others: number }) => [
    `${f.others === 0 ? 'this was' : `this and ${f.others} more were`} made for the Ray object ${f.owner} (name-kind), which is not in this stream in the same namespace`,
    'pass on the Ray object under its name and namespace, or remove what was made for it as well',
  ]),
  EXPANDED_ANNOTATION_LOST: error((f: { marks: readonly string[] }) => [
    `rayshield has expanded this object (it has ${f.marks.join(', ')}), but the annotation rayshield.io/applied does not say so: nobody can tell whether all of it is there`,
    'keep the annotations that rayshield sets, or let rayshield run behind what replaces them, as the last step',
  ]),
  EXPANDED_SELECTS_NOTHING: error((f: { kind: 'NetworkPolicy' | 'Service'; owner: string }) => [
    `the selector takes no pod of ${f.owner}, so this ${f.kind === 'Service' ? 'Service gives no pod its name' : 'policy protects nothing'}`,
    relabelled,
  ]),
  EXPANDED_SELECTOR_CHANGED: error((f: Selector) => [`the selector of this ${f.kind} ${sayChanged(f)}`, relabelled]),
  EXPANDED_SELECTOR_NARROWED: warning((f: { kind: 'NetworkPolicy' | 'Service' }) => [
    `the selector of this ${f.kind} asks for more labels than rayshield gave it: it takes the pods of today, and none without those labels`,
    relabelled,
  ]),
  EXPANDED_DIRECTION_OPEN: error((f: { direction: 'Ingress' | 'Egress'; mode: string }) => [
    `the owner asks for ${f.mode}, and policyTypes of this policy lacks ${f.direction}: the direction is open`,
    'pass the policy on as rayshield prints it, or let rayshield run behind what changes it, as the last step',
  ]),
  EXPANDED_PEER_LOST: error((f: Peer) => [
    `no ${f.direction} rule of this policy allows ${peers[f.who][0]} any more, so ${peers[f.who][1]}`,
    `put the rule back, or ${relabelled}`,
  ]),
  EXPANDED_EGRESS_OPEN: warning((_: None) => [
    'the owner asks for closed egress, and this rule opens the way out to everyone on all ports',
    'name the pods, namespaces, addresses or ports that are meant; if the rule is no rule of yours, find what adds it behind rayshield',
  ]),
  EXPANDED_POD_UNPROTECTED: error((f: { of: string; lost: readonly string[] }) => [
    `${f.of} lacks what rayshield gave it, or has it otherwise: ${f.lost.join(', ')}`,
    'keep these, and let what replaces or adds lists, groups and containers run before rayshield',
  ]),
  EXPANDED_NAMES_UNCOVERED: error((f: { owner: string; role: string; names: readonly string[] }) => [
    `the pods of ${f.owner} use this certificate for the ${f.role}, and it is not made out to ${f.names.join(', ')}: no other node would trust them`,
    'pass the Certificate on as rayshield prints it, or let rayshield run behind what changes names and namespaces, as the last step',
  ]),
  EXPANDED_SECRET_UNMADE: warning((f: { name: string }) => [
    `the Secret ${f.name} is needed here, and nothing in this stream makes it: pods wait until it is there`,
    'make sure that something in the cluster does, or put what makes it (Secret, ExternalSecret, SealedSecret, Certificate) into this stream',
  ]),
  EXPANDED_NOTHING_CHECKED: info((_: None) => [
    'there is no Ray object in this stream, so there was nothing to check',
    'if there should be one, look at what renders the stream',
  ]),
  EXPANDED_BELOW_PLATFORM: error((f: { file: string; lacks: readonly string[] }) => [
    `the platform file ${f.file} (require) asks every Ray spec for ${f.lacks.join(' and ')}, and this object shows none of it`,
    'let rayshield run in this pipeline with the same platform file, as the last step',
  ]),
};

// What happens to a stream between rayshield and the cluster: every way in which a renderer or an overlay breaks it. Each damage is
// applied to all of a stream that it fits, one place at a time.
import { changeAt, valueAt } from '../../plugin/manifests/edit.ts';
import type { KubernetesObject } from '../../plugin/manifests/manifest.ts';
import { rayKinds } from '../../plugin/ray/kinds.ts';
import type { RayKind } from '../../plugin/ray/spec.ts';

type Objects = readonly KubernetesObject[];
type Path = readonly (string | number)[];
type Map = Readonly<Record<string, unknown>>;

/** A stream with one damage, and where that is. */
export interface Damaged {
  readonly what: string;
  readonly objects: Objects;
}

const isMade = ({ metadata }: KubernetesObject): boolean => metadata.labels?.['rayshield.io/owner'] !== undefined;
export const appliedTo = ({ metadata }: KubernetesObject): string =>
  metadata.annotations?.['rayshield.io/applied'] ?? '';
const isOwner = (object: KubernetesObject): boolean => appliedTo(object) !== '';
const nameOf = ({ kind, metadata }: KubernetesObject): string => `${kind} ${metadata.name}`;

const without = (value: unknown, path: Path): unknown => {
  const [key, ...rest] = path;
  if (rest.length > 0) return changeAt(value, [key ?? ''], (child) => without(child, rest));
  if (Array.isArray(value)) return value.filter((_, index) => index !== key);
  return Object.fromEntries(Object.entries(value as Map).filter(([name]) => name !== key));
};

const drop = (object: KubernetesObject, path: Path): KubernetesObject => without(object, path) as KubernetesObject;

/** One damaged stream for each object that `change` changes; it gives undefined for the others. */
function each(
  objects: Objects,
  change: (object: KubernetesObject) => readonly (readonly [string, KubernetesObject | undefined])[],
): Damaged[] {
  return objects.flatMap((object, index) =>
    change(object).map(([what, changed]) => ({
      what: `${nameOf(object)} ${what}`.trim(),
      objects: changed === undefined ? objects.toSpliced(index, 1) : objects.with(index, changed),
    })),
  );
}

const specPathOf = ({ kind }: KubernetesObject): Path => rayKinds[kind as RayKind].specPath;

const groupsOf = (object: KubernetesObject): Path[] => {
  const path = specPathOf(object);
  const workers = (valueAt(object, [...path, 'workerGroupSpecs']) ?? []) as readonly unknown[];
  return [[...path, 'headGroupSpec'], ...workers.map((_, index): Path => [...path, 'workerGroupSpecs', index])];
};

const hasTLS = (object: KubernetesObject): boolean => appliedTo(object).includes('tls=mTLS');
const rename = (object: KubernetesObject): KubernetesObject =>
  changeAt(object, ['metadata', 'name'], (name) => `prod-${name}`);
const move = (object: KubernetesObject): KubernetesObject => changeAt(object, ['metadata', 'namespace'], () => 'prod');

const selectorOf = ({ kind }: KubernetesObject): Path | undefined =>
  ({ NetworkPolicy: ['spec', 'podSelector', 'matchLabels'], Service: ['spec', 'selector'] })[kind];

function relabel(object: KubernetesObject): [string, KubernetesObject][] {
  const path = selectorOf(object);
  if (!isMade(object) || path === undefined) return [];
  const labels = Object.keys(valueAt(object, path) as Map);
  return [
    ['has one more label', changeAt(object, [...path, 'team'], () => 'ml')],
    ['has no labels', changeAt(object, path, () => ({}))],
    ...labels.map((label): [string, KubernetesObject] => [
      `has another ${label}`,
      changeAt(object, [...path, label], () => 'other'),
    ]),
    ...(labels.length < 2
      ? []
      : labels.map((label): [string, KubernetesObject] => [`lacks ${label}`, drop(object, [...path, label])])),
  ];
}

const ourVariable = /^(RAYSHIELD_|RAY_TLS_|RAY_USE_TLS$|RAY_ADDRESS$|RAY_ENABLE_WINDOWS)/;

/** Each entry of ours in a list of a container or of autoscalerOptions. */
function dropEntries(object: KubernetesObject, holder: Path): [string, KubernetesObject][] {
  const entries = (field: string): readonly Map[] => (valueAt(object, [...holder, field]) ?? []) as readonly Map[];
  return [
    ...entries('env').flatMap(({ name }, index): [string, KubernetesObject][] =>
      ourVariable.test(String(name))
        ? [[`lacks ${name} in ${holder.join('.')}`, drop(object, [...holder, 'env', index])]]
        : [],
    ),
    ...entries('volumeMounts').flatMap(({ name }, index): [string, KubernetesObject][] =>
      name === 'ray-tls'
        ? [[`lacks the mount in ${holder.join('.')}`, drop(object, [...holder, 'volumeMounts', index])]]
        : [],
    ),
  ];
}

function stripPods(object: KubernetesObject): [string, KubernetesObject][] {
  if (!hasTLS(object)) return [];
  const ofGroups = groupsOf(object).flatMap((group): [string, KubernetesObject][] => {
    const pod = [...group, 'template', 'spec'];
    const volumes = valueAt(object, [...pod, 'volumes']) as readonly Map[];
    const volume = volumes.findIndex(({ name }) => name === 'ray-tls');
    const start = [...group, 'rayStartParams', 'node-ip-address'];
    return [
      ...dropEntries(object, [...pod, 'containers', 0]),
      [`lacks the volume in ${pod.join('.')}`, drop(object, [...pod, 'volumes', volume])],
      [
        `mounts another Secret in ${pod.join('.')}`,
        changeAt(object, [...pod, 'volumes', volume, 'secret', 'secretName'], () => 'other'),
      ],
      [`lacks ${start.join('.')}`, drop(object, start)],
      [`has its IP as ${start.join('.')}`, changeAt(object, start, () => '$RAYSHIELD_POD_IP')],
      [
        `has TLS switched off behind ours in ${pod.join('.')}`,
        changeAt(object, [...pod, 'containers', 0, 'env'], (env) => [
          ...(env as readonly unknown[]),
          { name: 'RAY_USE_TLS', value: '0' },
        ]),
      ],
      [
        `has a container before Ray's in ${pod.join('.')}`,
        changeAt(object, [...pod, 'containers'], (list) => [
          { name: 'first', image: 'busybox' },
          ...(list as readonly unknown[]),
        ]),
      ],
    ];
  });
  return [...ofGroups, ...dropEntries(object, [...specPathOf(object), 'autoscalerOptions'])];
}

function addGroup(object: KubernetesObject): [string, KubernetesObject][] {
  if (!hasTLS(object)) return [];
  const group = {
    groupName: 'late',
    minReplicas: 0,
    maxReplicas: 1,
    rayStartParams: {},
    template: { spec: { containers: [{ name: 'ray-worker', image: 'rayproject/ray:2.52.0' }] } },
  };
  const path = [...specPathOf(object), 'workerGroupSpecs'];
  return [
    ['has one more group', changeAt(object, path, (groups) => [...((groups ?? []) as readonly unknown[]), group])],
  ];
}

// A RayCronJob's submitters are let in by a label of their own.
const submitter = ['spec', 'jobTemplate', 'submitterPodTemplate', 'metadata', 'labels', 'rayshield.io/submitter'];

const labelPaths = (object: KubernetesObject): Path[] => [
  submitter,
  ...groupsOf(object).map((group) => [...group, 'template', 'metadata', 'labels', 'rayshield.io/owner']),
];

const unlabel = (object: KubernetesObject): [string, KubernetesObject][] =>
  labelPaths(object).flatMap((path): [string, KubernetesObject][] => {
    if (valueAt(object, path) === undefined) return [];
    return [
      [`lacks ${path.join('.')}`, drop(object, path)],
      [`has another ${path.join('.')}`, changeAt(object, path, () => 'other')],
    ];
  });

function openPolicy(object: KubernetesObject): [string, KubernetesObject][] {
  if (!isMade(object) || object.kind !== 'NetworkPolicy') return [];
  const types = valueAt(object, ['spec', 'policyTypes']) as readonly string[];
  return types.map((type) => {
    const field = type.toLowerCase();
    const open = (rules: unknown): unknown => [...((rules ?? []) as readonly unknown[]), {}];
    return [`opens all ${field}`, changeAt(object, ['spec', field], open)];
  });
}

function leaveOpen(object: KubernetesObject): [string, KubernetesObject][] {
  if (!isMade(object) || object.kind !== 'NetworkPolicy') return [];
  const types = valueAt(object, ['spec', 'policyTypes']) as readonly string[];
  return types.map((type) => {
    const rest = types.filter((one) => one !== type);
    const closed = drop(
      changeAt(object, ['spec', 'policyTypes'], () => rest),
      ['spec', type.toLowerCase()],
    );
    return [`leaves ${type} open`, closed];
  });
}

const uncover = (object: KubernetesObject): [string, KubernetesObject][] =>
  ['dnsNames', 'ipAddresses'].flatMap((field) =>
    ((valueAt(object, ['spec', field]) ?? []) as readonly string[]).map((name, index): [string, KubernetesObject] => [
      `is not made out to ${name}`,
      drop(object, ['spec', field, index]),
    ]),
  );

/** All damages by name. */
export const damages: Readonly<Record<string, (objects: Objects) => readonly Damaged[]>> = {
  'a generated object is dropped': (objects) => each(objects, (one) => (isMade(one) ? [['', undefined]] : [])),
  'a generated object is in another namespace': (objects) =>
    each(objects, (one) => (isMade(one) ? [['', move(one)]] : [])),
  'a generated object is labelled for another owner': (objects) =>
    each(objects, (one) =>
      isMade(one) ? [['', changeAt(one, ['metadata', 'labels', 'rayshield.io/owner'], () => 'other-raycluster')]] : [],
    ),
  'an owner is dropped': (objects) => each(objects, (one) => (isOwner(one) ? [['', undefined]] : [])),
  'an owner is renamed': (objects) => each(objects, (one) => (isOwner(one) ? [['', rename(one)]] : [])),
  'all is renamed': (objects) => [{ what: '', objects: objects.map(rename) }],
  'an owner is in another namespace': (objects) => each(objects, (one) => (isOwner(one) ? [['', move(one)]] : [])),
  'all is in another namespace': (objects) => [{ what: '', objects: objects.map(move) }],
  'a selector is changed': (objects) => each(objects, relabel),
  'the annotation is dropped': (objects) =>
    each(objects, (one) =>
      isOwner(one) ? [['', drop(one, ['metadata', 'annotations', 'rayshield.io/applied'])]] : [],
    ),
  'pods lose TLS': (objects) => each(objects, stripPods),
  'pods lose the label': (objects) => each(objects, (one) => (isOwner(one) ? unlabel(one) : [])),
  'a group is added': (objects) => each(objects, addGroup),
  'a field is there again': (objects) =>
    each(objects, (one) =>
      isOwner(one)
        ? ['networkIsolation', 'tlsOptions', 'networkPolicy'].map((field): [string, KubernetesObject] => [
            field,
            changeAt(one, [...specPathOf(one), field], () => ({})),
          ])
        : [],
    ),
  'a policy is opened': (objects) => each(objects, openPolicy),
  'a policy leaves a direction open': (objects) => each(objects, leaveOpen),
  'a policy is given twice': (objects) =>
    objects
      .filter((one) => isMade(one) && one.kind === 'NetworkPolicy')
      .map((one) => ({ what: nameOf(one), objects: [...objects, one] })),
  'a certificate lacks a name': (objects) => each(objects, (one) => (isMade(one) ? uncover(one) : [])),
};

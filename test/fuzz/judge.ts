// What must hold of every input, whatever it is: a run is refused with nothing on standard output, or what it prints is the
// input with every security field in force, and nothing else changed (README: what it never does).

import { ioFor } from '../support/case.ts';
import { run } from '../support/run.ts';
import { inexact, isMap, readReference, type Tree, unfold } from './reference.ts';

/** What stands in env values, arguments and annotations of the inputs, and must stand in no message. */
export const canary = 'zQ7canaryXj';

const specPaths: Readonly<Record<string, readonly string[]>> = {
  RayCluster: ['spec'],
  RayJob: ['spec', 'rayClusterSpec'],
  RayService: ['spec', 'rayClusterConfig'],
  RayCronJob: ['spec', 'jobTemplate', 'rayClusterSpec'],
};
const isolation = ['networkIsolation', 'networkPolicy'];
const fields = [...isolation, 'tlsOptions'];

/** Thrown with what is broken; the input is in what fast-check prints. */
function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

const settings = ['--api-server', 'off', '--operator-namespace', 'kuberay-operator', '--namespace', 'ml'];

/** Runs `expand` and `validate` on the bytes of an input, and throws where a law is broken. */
export async function judge(bytes: Uint8Array): Promise<'refused' | 'expanded' | 'left alone'> {
  const start = async (verb: string, input: Uint8Array) => {
    const io = { ...ioFor('/', {}), readStdin: () => Promise.resolve(input) };
    return run([verb, '-', ...settings], io, '0.0.0');
  };
  const { exitCode, stdout, stderr } = await start('expand', bytes);
  const text = decode(bytes);
  const loose = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  judgeMessages(stderr, text ?? loose);
  must(Buffer.byteLength(stderr) <= 8192, 'messages flood');
  const validated = await start('validate', bytes);
  judgeMessages(validated.stdout, text ?? loose);
  if (exitCode !== 0) {
    must(exitCode === 1, `the exit code is ${exitCode}`);
    must(stdout === '', 'an error leaves bytes on standard output');
    must(/ error [A-Z_0-9]+/.test(stderr), 'an error names no finding');
    must(validated.exitCode === 1 || /NOT_A_MANIFEST/.test(validated.stdout), 'validate takes what expand refuses');
    return 'refused';
  }
  must(text !== undefined, 'bytes that are not UTF-8 are taken');
  const again = await start('expand', Buffer.from(stdout));
  must(again.exitCode === 0 && again.stdout === stdout, 'what was printed does not expand to itself');
  return judgeOutput(text, stdout) ? 'expanded' : 'left alone';
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Places lie inside the text, no line is a stack's, and nothing is said that must not be. */
export function judgeMessages(said: string, text: string): void {
  must(!/\n\s+at /.test(said), 'a message has a stack');
  for (const odd of ['undefined', 'NaN', '[object'])
    must(!said.includes(odd) || text.includes(odd), 'a message is made of something missing');
  const lines = text.split('\n');
  for (const [, line, column] of said.matchAll(/^<stdin>:(\d+):(\d+): /gm)) {
    const length = [...(lines[Number(line) - 1] ?? '')].length;
    must(Number(line) >= 1 && Number(line) <= lines.length, `line ${line} lies outside`);
    must(Number(column) >= 1 && Number(column) <= length + 1, `column ${column} of line ${line} lies outside`);
  }
  // As a key or a name it may be quoted; there is no telling from a text that cannot be read.
  if (said.includes(canary)) must(isSayable(text), 'a message quotes a value');
}

const isSayable = (text: string): boolean => {
  const documents = readReference(text);
  return documents.some(({ value }) => value === undefined || holdsSayable(value, ''));
};

const unsayable = new Set(['value', 'args', 'command', 'fuzz.example/secret']);

/** Whether the canary stands as a key, or as a value where values are names and words. */
function holdsSayable(value: unknown, key: string): boolean {
  if (typeof value === 'string') return value.includes(canary) && !unsayable.has(key);
  if (Array.isArray(value)) return value.some((item) => holdsSayable(item, key));
  return (
    isMap(value) && Object.entries(value).some(([name, child]) => name.includes(canary) || holdsSayable(child, name))
  );
}

const isRay = (value: Tree): boolean => {
  const { apiVersion } = value;
  return typeof apiVersion === 'string' && apiVersion.startsWith('ray.io/');
};

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((node, key) => (isMap(node) ? node[key] : undefined), value);

/** Whether the input asked for security; throws where it did not get it. */
export function judgeOutput(input: string, output: string): boolean {
  const asked = readReference(input)
    .flatMap(({ value }) => unfold(value))
    .filter(asksForSecurity);
  if (asked.length === 0) {
    must(output === input || holdsUnread(input), 'a stream that asks for nothing is changed');
    return false;
  }
  const printed = readReference(output).flatMap(({ value }) => unfold(value));
  for (const object of printed) must(!holdsField(object), 'a security field is still there');
  for (const owner of asked) judgeOwner(owner, printed);
  return true;
}

/** Of what the reference cannot read there is no telling whether it asks. */
const holdsUnread = (input: string): boolean => readReference(input).some(({ value }) => value === undefined);

function asksForSecurity(object: Tree): boolean {
  return holdsField(object);
}

/** Whether one of our fields stands in a Ray object, at whatever depth, in an object or in what nests it. */
function holdsField(value: unknown, inRay = false): boolean {
  if (Array.isArray(value)) return value.some((item) => holdsField(item, inRay));
  if (!isMap(value)) return false;
  const within = inRay || isRay(value);
  return Object.entries(value).some(([key, child]) => (within && fields.includes(key)) || holdsField(child, within));
}

function judgeOwner(owner: Tree, printed: readonly Tree[]): void {
  const path = specPaths[String(owner['kind'])];
  must(path !== undefined && isRay(owner), 'a field on something that is no Ray owner is taken');
  const spec = at(owner, path);
  must(isMap(spec), 'a field outside the spec is taken');
  const name = at(owner, ['metadata', 'name']);
  const now = printed.find(
    (one) => isRay(one) && one['kind'] === owner['kind'] && at(one, ['metadata', 'name']) === name,
  );
  must(now !== undefined, 'an owner is lost');
  must(holdsAgain(now, owner), 'a value of the owner is lost or changed');
  const own = printed.filter((one) => isOwn(one, owner));
  const isolated = isolation.some((field) => Object.hasOwn(spec, field));
  if (isolated)
    must(
      own.some(({ kind }) => kind === 'NetworkPolicy'),
      'isolation makes no NetworkPolicy',
    );
  const { tlsOptions } = spec;
  if (!isMap(tlsOptions) || tlsOptions['enabled'] === false || tlsOptions['retiring'] === true) {
    must(tlsOptions === undefined || isMap(tlsOptions), 'tlsOptions that are no map are taken');
    return;
  }
  const volumes = at(now, [...path, 'headGroupSpec', 'template', 'spec', 'volumes']);
  must(Array.isArray(volumes) && volumes.some((volume) => at(volume, ['name']) === 'ray-tls'), 'TLS has no volume');
}

/** Whether an object bears the label of an owner; names that are too long for a label end in a hash. */
function isOwn(object: Tree, owner: Tree): boolean {
  const base = `${at(owner, ['metadata', 'name'])}-${String(owner['kind']).toLowerCase()}`;
  const label = String(at(object, ['metadata', 'labels', 'rayshield.io/owner']));
  return label === base || (base.length > 63 && label.startsWith(base.slice(0, 54).replace(/-+$/, '')));
}

/** Whether all of `before` but our fields is in `now`; maps and lists may have grown, and what was null may be something. */
function holdsAgain(now: unknown, before: unknown): boolean {
  if (before === null) return true;
  if (before === inexact) return false;
  if (Array.isArray(before)) return Array.isArray(now) && before.every((item, index) => holdsAgain(now[index], item));
  if (!isMap(before)) return now === before || isOctal(before, now);
  const kept = Object.entries(before).filter(([key]) => !fields.includes(key) && !key.startsWith('rayshield.io/'));
  return (
    isMap(now) &&
    kept.every(([key, child]) => child === null || (Object.hasOwn(now, key) && holdsAgain(now[key], child)))
  );
}

// The one form of a number that Kubernetes' reader has and YAML 1.1 has not.
const isOctal = (before: unknown, now: unknown): boolean =>
  typeof before === 'string' && /^[-+]?0[oO][0-7]+$/.test(before) && now === Number(before.replace('O', 'o'));

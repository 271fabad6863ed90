// The name of an object's file, made from the object alone: it stays when others come and go, so that a commit shows what has changed
// and nothing else. The kind is written as kubectl takes it (`networkpolicy.networking.k8s.io`), since two groups may share one.
import { shortHash } from '../../ray/names.ts';

/** What makes an object one of its kind in a cluster, whatever its version. */
export interface Identity {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

// Names in lower case that every file system and archive takes: Windows has no colons, and ClusterRoles have.
const plain = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;
// Of 255 bytes that a name may have, `list_` before it and `.yaml` behind it need some.
const longest = 200;

/** Without its ending. */
export function nameFile(identity: Identity): string {
  const { group, kind, namespace, name } = identity;
  const parts = [[kind, group], [namespace], [name]].map((words) => words.filter((word) => word !== '').join('.'));
  const given = parts.filter((part) => part !== '');
  const whole = given.map((part, index) => (index === 0 ? part.toLowerCase() : part)).join('_');
  if (whole.length <= longest && given.slice(1).every((part) => plain.test(part))) return whole;
  const safe = whole.toLowerCase().replace(/[^a-z0-9._-]/g, '-');
  return `${safe.slice(0, longest)}_${shortHash(whole)}`;
}

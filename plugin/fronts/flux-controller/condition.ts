// The one condition that an object of ours has: whether its artifact is that of its source as it is now.
// https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md
import type { Condition } from './api.ts';

/** The words that Flux's own sources use, as far as they have one. */
type Reason =
  | 'Succeeded'
  | 'SourceNotFound'
  | 'SourceNotReady'
  | 'FetchFailed'
  | 'RenderFailed'
  | 'StorageOperationFailed'
  | 'AccessDenied'
  | 'NameTaken';

export interface Verdict {
  readonly reason: Reason;
  readonly message: string;
}

/** What the API server takes: https://github.com/kubernetes/apimachinery/blob/master/pkg/apis/meta/v1/types.go */
const longestMessage = 32_768;
const cut = '\n... (cut)';

/** The condition after `previous`: its time is that of the last change of its status. */
export function makeReady(
  { reason, message }: Verdict,
  generation: number,
  previous: readonly Condition[] | undefined,
  now: Date,
): Condition {
  const status = reason === 'Succeeded' ? 'True' : 'False';
  const before = previous?.find(({ type }) => type === 'Ready');
  const lastTransitionTime = before?.status === status ? before.lastTransitionTime : printTime(now);
  return {
    type: 'Ready',
    status,
    reason,
    message: shorten(message),
    observedGeneration: generation,
    lastTransitionTime,
  };
}

/** Kubernetes keeps whole seconds. */
export const printTime = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z');

function shorten(message: string): string {
  const text = message.trim();
  if (text.length <= longestMessage) return text;
  const kept = text.slice(0, longestMessage - cut.length);
  // Whole lines, where there are any.
  const end = kept.lastIndexOf('\n');
  return `${end > 0 ? kept.slice(0, end) : kept.replace(/[\ud800-\udbff]$/, '')}${cut}`;
}

// Where two judges of a world differ, over every pair with a pod of a Ray object at one end, in both directions.
import type { Endpoint } from '../../support/world.ts';
import type { Stage } from './fixture-world.ts';
import type { Judge } from './openings.ts';
import type { Port } from './questions.ts';

export interface Comparison {
  /** How many questions both judges answered. */
  readonly asked: number;
  /** `operator > head: TCP 8265`, where the answers differ. */
  readonly differences: readonly string[];
}

// np-guard knows none.
const isSix = (endpoint: Endpoint): boolean => typeof endpoint === 'string' && endpoint.includes(':');

/** Asks both judges the same, for the ports that stand for all. */
export function compareJudges(
  { places, owners }: Stage,
  ports: readonly Port[],
  judges: readonly [Judge, Judge],
): Comparison {
  const own = new Set(owners.flatMap(({ pods }) => pods));
  const known = [...places].filter(([, endpoint]) => !isSix(endpoint));
  const differences: string[] = [];
  let asked = 0;
  for (const [from, source] of known) {
    for (const [to, target] of known.filter(([place]) => place !== from && (own.has(from) || own.has(place)))) {
      for (const { number, protocol } of ports) {
        const connection = { from: source, to: target, port: number, protocol };
        asked += 1;
        if (judges[0](connection) !== judges[1](connection)) differences.push(`${from} > ${to}: ${protocol} ${number}`);
      }
    }
  }
  return { asked, differences };
}

/** A judge that answers each question once: comparing and describing ask the same. */
export function remember(judge: Judge): Judge {
  const answers = new Map<string, boolean>();
  const nameOf = (endpoint: Endpoint): string =>
    typeof endpoint === 'string' ? endpoint : `${endpoint.namespace}/${endpoint.name}`;
  return (connection) => {
    const { from, to, port, protocol } = connection;
    const key = `${nameOf(from)} ${nameOf(to)} ${port} ${protocol}`;
    const answer = answers.get(key) ?? judge(connection);
    answers.set(key, answer);
    return answer;
  };
}

// Which mutations a specimen gets: twenty, shared out among the kinds, half of them at the security fields where there are any.
import type { Specimen } from './corpus.ts';
import { type Kind, type Mutation, mutations } from './mutate.ts';
import { makeRandom, pick } from './random.ts';
import { findSites } from './sites.ts';

const shares: Readonly<Record<Kind, number>> = {
  drop: 2,
  rename: 2,
  retype: 3,
  're-indent': 3,
  'misspell a field': 5,
  'misspell a value': 1,
  'move up': 2,
  'move down': 2,
};

export const perSpecimen = Object.values(shares).reduce((sum, share) => sum + share, 0);

/** The mutations of a specimen, each another text; what one kind cannot do in its style is misspelt instead. */
export function plan({ name, text }: Specimen): readonly Mutation[] {
  const sites = findSites(text);
  const security = sites.filter(({ isSecurity }) => isSecurity);
  const random = makeRandom(name);
  const planned = new Map<string, Mutation>();
  const add = (kind: Kind): void => {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const site = pick(security.length > 0 && random(2) === 0 ? security : sites, random);
      const mutated = site && mutations[kind](text, site, { random, sites });
      if (!site || !mutated || mutated.text === text || planned.has(mutated.text)) continue;
      planned.set(mutated.text, { kind, site, ...mutated });
      return;
    }
  };
  for (const [kind, share] of Object.entries(shares) as [Kind, number][]) {
    for (let count = 0; count < share; count += 1) add(kind);
  }
  while (planned.size < perSpecimen) add('misspell a field');
  return [...planned.values()];
}

// What is dropped was not asked for, and another value is not another field.
const losing: readonly Kind[] = ['rename', 'retype', 're-indent', 'misspell a field', 'move up', 'move down'];

/** A mutation of each kind that can lose a field, at every security field of a specimen. */
export function planSecurity({ name, text }: Specimen): readonly Mutation[] {
  const sites = findSites(text);
  const planned = new Map<string, Mutation>();
  for (const site of sites.filter(({ isSecurity }) => isSecurity)) {
    for (const kind of losing) {
      const random = makeRandom(`${name} ${kind} ${site.path.join('.')}`);
      const mutated = mutations[kind](text, site, { random, sites });
      if (mutated && mutated.text !== text) planned.set(mutated.text, { kind, site, ...mutated });
    }
  }
  return [...planned.values()];
}

// Fields whose values are words of Kubernetes' or KubeRay's, or names of groups of the same object.
const words = [
  'apiVersion',
  'kind',
  'mode',
  'protocol',
  'groupName',
  'algorithm',
  'submissionMode',
  'upscalingMode',
  'serviceType',
  'enabled',
  'suspend',
];

/** Each value that is one of a few words, misspelt by a letter. */
export function planWords({ name, text }: Specimen): readonly Mutation[] {
  const sites = findSites(text);
  const random = makeRandom(`${name} words`);
  return sites
    .filter(({ path }) => words.includes(String(path.at(-1))))
    .flatMap((site) => {
      const mutated = mutations['misspell a value'](text, site, { random, sites });
      return mutated ? [{ kind: 'misspell a value' as const, site, ...mutated }] : [];
    });
}

// The manifests that are mutated: valid ones of each kind, with and without our fields, in every style that people write.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtures, inputOf } from '../support/case.ts';

const deploy = join(fixtures, '../deploy');
const own = join(fixtures, 'mutation');

/** Cases of fixtures/expand that are one file and valid for a usual platform. */
const cases = [
  'autoscaled-group-has-bounds-alone',
  'autoscaler-has-options',
  'certificates-have-their-own-lifetime',
  'clients-have-certificates',
  'cloud-account-with-a-way-out',
  'cluster-is-written-with-anchors',
  'comments-stand-before-and-within',
  'container-names-its-ports',
  'cron-job-has-a-submitter-template',
  'deletion-strategies-that-kuberay-takes',
  'empty-documents-stand-between',
  'file-begins-with-a-byte-order-mark',
  'file-is-json',
  'generation-is-raised',
  'groups-have-rules-of-their-own',
  'head-has-further-names',
  'head-is-published-with-a-rule',
  'images-are-of-several-releases',
  'isolation-is-spelt-as-in-kuberay',
  'issuer-is-named-by-the-cluster',
  'lines-end-in-carriage-returns',
  'objects-stand-in-a-list',
  'other-documents-stand-around',
  'other-variables-come-by-env-from',
  'owner-accepts-an-open-rule',
  'owners-of-each-kind-share-a-name',
  'pods-have-sidecars',
  'policies-of-the-input-open-no-more',
  'rayjob-accepts-a-shared-issuer',
  'rayjob-is-submitted-by-a-job',
  'rayservice-is-isolated-with-mutual-tls',
  'rayservice-lets-its-callers-in',
  'redis-is-outside-and-has-a-rule',
  'rule-ports-that-somebody-listens-on',
  'rules-have-no-peers-or-ports',
  'runtime-environment-with-a-way-out',
  'secrets-are-the-users-own',
  'start-parameters-move-the-ports',
  'strings-have-several-lines',
  'values-are-words-of-yaml-one-point-one',
];

export interface Specimen {
  readonly name: string;
  readonly text: string;
}

const read = (name: string, file: string): Specimen => ({ name, text: readFileSync(file, 'utf8') });

/** All of them in order. */
export const corpus: readonly Specimen[] = [
  read('quick-start', join(deploy, 'quick-start.yaml')),
  ...readdirSync(join(deploy, 'examples'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => read(file, join(deploy, 'examples', file))),
  ...readdirSync(own).map((file) => read(file, join(own, file))),
  ...cases.map((name) => {
    const folder = join(fixtures, 'expand', name);
    return read(name, join(folder, inputOf(folder)));
  }),
];

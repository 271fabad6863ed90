import { mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeStaleFolders } from '../../../../plugin/fronts/sources/stale-folders.ts';
import { makeTree } from '../../../support/workdir.ts';

const hour = 60 * 60;

test('folders of runs that were killed go, after an hour; what is younger or not ours stays', () => {
  const parent = makeTree({ 'rayshield-file00': 'a file' });
  const now = 1_000_000_000;
  const make = (name: string, age: number): void => {
    mkdirSync(join(parent, name, 'cache'), { recursive: true });
    utimesSync(join(parent, name), now - age, now - age);
  };
  make('rayshield-oldold', hour + 1);
  make('rayshield-yyoung', hour - 1);
  make('rayshield-not-ours', hour + 1);
  make('helm-oldold', hour + 1);
  removeStaleFolders(parent, now * 1000);
  expect(readdirSync(parent).sort()).toEqual([
    'helm-oldold',
    'rayshield-file00',
    'rayshield-not-ours',
    'rayshield-yyoung',
  ]);
  removeStaleFolders(join(parent, 'nowhere'), now * 1000);
});

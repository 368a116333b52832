import { API_VERSION, applyDefaults, daywatchSpecSchema, type Daywatch } from '@daywatch/installation';
import { describe, expect, it } from 'vitest';
import { identifyDatabase } from './identify-database.ts';

function daywatch(spec: object = {}): Daywatch {
  return {
    apiVersion: API_VERSION,
    kind: 'Daywatch',
    metadata: { name: 'daywatch', namespace: 'demo' },
    spec: applyDefaults(daywatchSpecSchema.json, { version: '0.1.0', ...spec }) as Daywatch['spec'],
  };
}

const CLAIM = 'data-daywatch-database-0';
const MANAGED = [{ name: 'daywatch-database', keys: [], isOwn: false, claim: CLAIM }];
const OWN = [{ name: 'mine', keys: ['owner-dsn'], isOwn: true }];

function managed(uid: string | undefined): string {
  const metadata = { name: CLAIM, ...(uid === undefined ? {} : { uid }) };
  const claims = uid === undefined ? [] : [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata }];
  return identifyDatabase(daywatch(), { needs: MANAGED, secrets: new Map(), claims });
}

function own(dsn: string | undefined, name = 'mine'): string {
  const data: Readonly<Record<string, string>> =
    dsn === undefined ? {} : { 'owner-dsn': Buffer.from(dsn).toString('base64') };
  const secrets = new Map([[name, { apiVersion: 'v1', kind: 'Secret', metadata: { name }, data }]]);
  const spec = { database: { secretName: name, port: 5432, networks: [] } };
  return identifyDatabase(daywatch(spec), { needs: OWN, secrets, claims: [] });
}

describe('a database', () => {
  it('should be another one with another volume, and without one', () => {
    expect(managed('a')).toBe(managed('a'));
    expect(new Set([managed('a'), managed('b'), managed(undefined), own('postgres://a/b')]).size).toBe(4);
  });

  it('should be the same whoever logs in there, and with which options', () => {
    const same = own('postgres://owner:one@db.example:5432/daywatch');
    expect(own('postgres://owner:t@wo@db.example:5432/daywatch')).toBe(same);
    expect(own('postgres://other:two@db.example:5432/daywatch?sslmode=require\n')).toBe(same);
  });

  it('should be another one elsewhere, by another name, in another Secret, and as long as nothing is known of it', () => {
    const all = [
      own('postgres://owner:one@db.example:5432/daywatch'),
      own('postgres://owner:one@db2.example:5432/daywatch'),
      own('postgres://owner:one@db.example:5432/other'),
      own('postgres://owner:one@db.example:5432/daywatch', 'yours'),
      own('host=db.example dbname=daywatch'),
      own(undefined),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('should give no password away', () => {
    expect(own('postgres://owner:geheim@db.example/daywatch')).not.toContain('geheim');
    expect(own('host=db.example password=geheim')).not.toContain('geheim');
  });
});

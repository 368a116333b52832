import { DatabaseError, type Client } from 'pg';
import type { MigrationSource } from './migration-files.ts';

/** Owns everything that migrations make. */
const OWNER_ROLE = 'daywatch_owner';

/** The group roles that processes act as; each schema's grants.sql says what they may do. */
const ROLES = [OWNER_ROLE, 'daywatch_calendar', 'daywatch_checker', 'daywatch_restapi'] as const;

/** Makes the roles that are missing. Where the user may not, says what to run and goes on without. */
export async function ensureRoles(client: Client, log: (line: string) => void): Promise<void> {
  for (const role of ROLES) {
    if (await roleExists(client, role)) continue;
    try {
      await client.query(`CREATE ROLE ${role} NOLOGIN`);
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      // Another database of the cluster is migrated at the same time, and was faster.
      if (error.code === '42710' || error.code === '23505') continue;
      if (error.code !== '42501') throw error;
      log(
        `the role ${role} is missing and '${await currentUser(client)}' may not make it; to have it, ` +
          `run as a superuser: CREATE ROLE ${role} NOLOGIN; and migrate again`,
      );
    }
  }
}

/**
 * Goes on as the role that owns the schemas: who made the first one, or else `daywatch_owner`, so that
 * it does not matter which user migrates. Where that role cannot be taken on, the connecting user stays.
 */
export async function actAsOwner(client: Client, sources: readonly MigrationSource[]): Promise<void> {
  const { rows } = await client.query<{ owner: string }>(
    `SELECT pg_get_userbyid(nspowner) AS owner FROM pg_namespace WHERE nspname = ANY ($1::name[]) ORDER BY oid LIMIT 1`,
    [sources.map(({ schema }) => schema)],
  );
  const owner = rows[0]?.owner ?? OWNER_ROLE;
  if (!(await canBecome(client, owner))) return;
  await client.query(
    `GRANT CREATE ON DATABASE ${client.escapeIdentifier(await databaseName(client))} TO ${client.escapeIdentifier(owner)}`,
  );
  await client.query(`SET ROLE ${client.escapeIdentifier(owner)}`);
}

async function roleExists(client: Client, role: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  return rowCount === 1;
}

/** Whether SET ROLE works, and the user may let that role make schemas in this database. */
async function canBecome(client: Client, role: string): Promise<boolean> {
  const { rows } = await client.query<{ allowed: boolean }>(
    `SELECT pg_has_role(current_user, oid, 'MEMBER')
            AND has_database_privilege(current_database(), 'CREATE WITH GRANT OPTION') AS allowed
       FROM pg_roles WHERE rolname = $1`,
    [role],
  );
  return rows[0]?.allowed ?? false;
}

async function currentUser(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>('SELECT current_user AS name');
  return rows[0]?.name ?? '';
}

async function databaseName(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
  return rows[0]?.name ?? '';
}

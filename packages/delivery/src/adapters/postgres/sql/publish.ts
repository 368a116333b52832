import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 queue, $2 ids, $3 bodies in base64. One statement, and so all of them or none. */
export const publishMessages: SqlStatement = {
  name: 'delivery.publish',
  text: `
    INSERT INTO delivery.messages (queue, message_id, body)
    SELECT $1::text, message_id, decode(body, 'base64')
      FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS new (message_id, body, at)
     ORDER BY at`,
};

/**
 * A value for a jsonb column, as JSON text: `pg` would send an array as a PostgreSQL array. knex's types allow the column's own type only,
 * which `never` fits.
 */
export const json = (value: unknown): never => JSON.stringify(value) as never;

import { z } from 'zod';

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'must be a port number, 0 to 65535');

const origin = z
  .string()
  .refine(
    (text) => /^https?:\/\//.test(text) && URL.canParse(text),
    'must be a URL such as https://approvals.example.com',
  )
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && url.search + url.hash + url.username + url.password === '';
  }, 'must not carry a query, a fragment or a password')
  .transform((text) => text.replace(/\/+$/, ''));

const secret = (least: number): z.ZodString =>
  z.string().min(least, `must have at least ${least} characters`);

const environment = z.object({
  PORT: port.default(8787),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
    .optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  SECRET_KEY: secret(32).optional(),
  SECRET_KEY_PREVIOUS: secret(32).optional(),
  PUBLIC_URL: origin.optional(),
  // RFC 6750 §2.1: what may follow `Bearer `.
  ADMIN_TOKEN: secret(16)
    .regex(/^[\w.~+/-]+=*$/, 'must be of letters, digits and -._~+/ only')
    .optional(),
  SIMULATOR: z.enum(['on', 'off'], 'must be on or off').optional(),
  OIDC_ISSUER: origin.optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  RETENTION_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'must be a whole number of days, at least 1')
    .transform(Number)
    .default(90),
  COUNTERSIGN_PASSPHRASE: z.string().min(1).optional(),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
});

export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The program's settings (docs/operating.md). */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Undefined: the embedded database in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  /** Undefined only with the embedded database, which keeps one in `dataDir`. */
  readonly secretKey: string | undefined;
  readonly secretKeyPrevious: string | undefined;
  /** What providers call back, without a slash at the end; undefined: where the server listens. */
  readonly publicUrl: string | undefined;
  readonly adminToken: string | undefined;
  readonly simulator: boolean;
  /** Set by hand: then the simulator answers others than loopback peers too. */
  readonly simulatorForAll: boolean;
  readonly oidc: OidcConfig | undefined;
  readonly retentionDays: number;
  /** For `countersign export` and `import` where nobody is there to type it. */
  readonly passphrase: string | undefined;
  readonly logLevel: string;
}

/** A setting that stops the start; the message is the one clear line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the settings from the environment. An empty variable counts as unset.
 * @throws ConfigError naming the variable and what it must be
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(`${issue?.path.join('.') ?? 'A setting'} ${issue?.message ?? 'is wrong'}.`);
  }
  const given = parsed.data;
  const embedded = given.DATABASE_URL === undefined;
  if (!embedded && given.SECRET_KEY === undefined)
    throw new ConfigError(
      'SECRET_KEY must be set with DATABASE_URL: any text of at least 32 characters, the same for every process.',
    );
  return Object.freeze({
    port: given.PORT,
    host: given.HOST,
    databaseUrl: given.DATABASE_URL,
    dataDir: given.DATA_DIR,
    secretKey: given.SECRET_KEY,
    secretKeyPrevious: given.SECRET_KEY_PREVIOUS,
    publicUrl: given.PUBLIC_URL,
    adminToken: given.ADMIN_TOKEN,
    simulator: given.SIMULATOR === undefined ? embedded : given.SIMULATOR === 'on',
    simulatorForAll: given.SIMULATOR === 'on',
    oidc: oidcOf(given),
    retentionDays: given.RETENTION_DAYS,
    passphrase: given.COUNTERSIGN_PASSPHRASE,
    logLevel: given.LOG_LEVEL,
  });
}

function oidcOf(given: z.infer<typeof environment>): OidcConfig | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = given;
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined)
    throw new ConfigError('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set together.');
  return { issuer, clientId, clientSecret };
}

/**
 * For `http.createServer`, in milliseconds: who sends slowly on purpose is let go, and the sockets with it. A connection is kept
 * a little longer than the minute that load balancers keep theirs, so that none sends into a closing one.
 */
export const SERVER_TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
} as const;

/** Where simulators live, in this server and in one of their own (`countersign simulator`). */
const SIMULATORS = '/simulator/';

/**
 * Whether calls of a channel reach a simulator, so that nobody is bothered by them.
 * @param apiBaseUrl the channel's; "" for the provider itself
 */
export const isAtSimulator = (apiBaseUrl: string): boolean =>
  URL.parse(apiBaseUrl)?.pathname.startsWith(SIMULATORS) ?? false;

/** Where simulators live, in this server and in one of their own (`countersign simulator`). */
const SIMULATORS = '/simulator/';

/**
 * Whether calls of a channel reach a simulator, so that nobody is bothered by them.
 * @param apiBaseUrl the channel's; "" for the provider itself
 */
export const isAtSimulator = (apiBaseUrl: string): boolean =>
  URL.parse(apiBaseUrl)?.pathname.startsWith(SIMULATORS) ?? false;

/**
 * Where an approval stands on the page of the simulator that a channel is at.
 * @param here the paths of those in this server: whoever reads this reaches them where this page came from
 */
export function simulatorPage(apiBaseUrl: string, instanceId: string, here: readonly string[]): string {
  const own = here.find((path) => URL.parse(apiBaseUrl)?.pathname === path.replace(/\/$/, ''));
  return `${own ?? `${apiBaseUrl}/`}#instance-${encodeURIComponent(instanceId)}`;
}

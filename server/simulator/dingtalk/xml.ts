const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/** An answer as XML, which the gateway speaks to whoever does not ask for JSON (protocols/dingtalk.md §10). */
export function toXml(body: object): string {
  const members = Object.entries(body).map(([name, value]) => {
    const text = String(value).replace(/[<>&]/g, (character) => ENTITIES[character] ?? character);
    return `<${name}>${text}</${name}>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><response>${members.join('')}</response>`;
}

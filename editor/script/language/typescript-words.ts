import zh from 'typescript/lib/zh-cn/diagnosticMessages.generated.json?url';
import { setMessages } from './service.ts';

let spoken = 'en';

/** Has TypeScript tell what it finds in the reader's language; its texts are loaded for the first who reads them. */
export function speakTypeScript(language: string): void {
  if (language === spoken) return;
  spoken = language;
  setMessages(language === 'zh' ? read(zh) : Promise.resolve(undefined));
}

async function read(file: string): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    const response = await fetch(file);
    if (response.ok) return (await response.json()) as Readonly<Record<string, string>>;
  } catch {
    // The hub is away: as below.
  }
  // English is better than no checks; the next script that is opened asks again.
  spoken = 'en';
  return undefined;
}

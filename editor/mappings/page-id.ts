const CHANNEL = 'countersign.pages';
const KEPT = 'countersign.page';
/** Pages of the same browser answer in a few milliseconds. */
const ANSWER_MS = 150;

type Message = { readonly asks: string } | { readonly answers: string; readonly id: string };

/** This page among the pages of the editor that are open in this browser. */
export interface PageIds {
  readonly page: string;
  readonly others: ReadonlySet<string>;
}

/** Where pages answer each other; there from the first question on. */
let pages: { readonly channel: BroadcastChannel; page: string | undefined } | undefined;
let isNamed = false;

/** The page's own id, which survives a reload, and those of the other pages that are open now. */
export async function pageIds(): Promise<PageIds> {
  const self = (pages ??= join());
  const others = await whoIsThere(self.channel);
  if (isNamed && self.page !== undefined) return { page: self.page, others };
  // A page that was duplicated has its original's id too.
  const page = self.page === undefined || others.has(self.page) ? randomId() : self.page;
  self.page = page;
  isNamed = true;
  keep(page);
  return { page, others };
}

/** Pages that open at the same moment, as after a restart of the browser, must find each other too: each answers by its kept id at once. */
function join(): NonNullable<typeof pages> {
  const self = { channel: new BroadcastChannel(CHANNEL), page: readKept() };
  self.channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if ('asks' in data && self.page !== undefined)
      self.channel.postMessage({ answers: data.asks, id: self.page } satisfies Message);
  });
  return self;
}

async function whoIsThere(channel: BroadcastChannel): Promise<ReadonlySet<string>> {
  const nonce = randomId();
  const others = new Set<string>();
  const listen = ({ data }: MessageEvent<Message>): void => {
    if ('answers' in data && data.answers === nonce) others.add(data.id);
  };
  channel.addEventListener('message', listen);
  channel.postMessage({ asks: nonce } satisfies Message);
  await new Promise((done) => setTimeout(done, ANSWER_MS));
  channel.removeEventListener('message', listen);
  return others;
}

function readKept(): string | undefined {
  try {
    return sessionStorage.getItem(KEPT) ?? undefined;
  } catch {
    // Storage is switched off: then nothing is kept that an id could find.
    return undefined;
  }
}

function keep(id: string): void {
  try {
    sessionStorage.setItem(KEPT, id);
  } catch {
    // As above.
  }
}

/** `crypto.randomUUID` is for secure contexts only; a hub may be reached by plain http within a company. */
const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

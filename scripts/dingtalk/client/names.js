// Names of people are a courtesy: they may cost a few calls and seconds, and never fail a sync.

const MAX_LOOKUPS = 8;
const LOOKUPS_WITHIN_MS = 5000;

/** User ids → names, as far as this run knows them. @type {Map<string, string>} */
const names = new Map();

/** @param {string[]} userIds */
async function lookUpNames(userIds) {
  const wanted = new Set(userIds.filter((id) => id && id !== SYSTEM_USER && !names.has(id)));
  let timer = 0;
  const deadline = new Promise((done) => {
    timer = setTimeout(done, LOOKUPS_WITHIN_MS, undefined);
  });
  await Promise.race([lookUpEach([...wanted].slice(0, MAX_LOOKUPS)), deadline]);
  clearTimeout(timer);
}

/** @param {string[]} userIds */
async function lookUpEach(userIds) {
  const asked = { purpose: 'name a user', reads: true, once: true };
  for (const userid of userIds) {
    try {
      const { name } = await topapi('/topapi/v2/user/get', { userid }, asked);
      names.set(userid, name);
    } catch (/** @type {any} */ error) {
      if (error.provider?.kind === 'notFound') continue; // has left the company
      console.warn(`Names of people are missing. ${error.message}`);
      return;
    }
  }
}

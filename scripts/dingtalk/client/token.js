/** @type {DingtalkClient['token']} */
async function token(body = reqBody) {
  const given = plain(body);
  const appKey = given.appKey || APP_ID;
  if (!appKey) throw misuse('No app is named: give the channel an App ID, or say reqBody.put("appKey", …).');
  const asked = { purpose: 'give an access token', reads: true };
  const answer = await api('POST', '/v1.0/oauth2/accessToken', {
    ...asked,
    body: { ...given, appKey, appSecret: given.appSecret || APP_SECRET },
  }).catch((error) => {
    if (error.provider?.code === 'invalidClientIdOrSecret') {
      const key = given.appKey ? "reqBody's appKey" : "the channel's App ID";
      const secret = given.appSecret ? "reqBody's appSecret" : "the channel's App Secret";
      error.message += ` Check ${key} and ${secret} (DingTalk: Client ID and Client Secret).`;
    }
    throw error;
  });
  const expiresIn = Number(answer.expireIn);
  if (!answer.accessToken || !(expiresIn > 0)) {
    throw unclear(asked, 200, 'accessToken or expireIn is missing', answer);
  }
  return { accessToken: answer.accessToken, expiresIn };
}

/** @type {DingtalkClient['token']} */
async function token(body = reqBody) {
  const given = plain(body);
  const appKey = given.appKey || APP_ID;
  if (!appKey) throw misuse('No app is named: give the channel an App ID, or say reqBody.put("appKey", …).');
  const asked = { purpose: 'give an access token', reads: true };
  const answer = await api('POST', '/v1.0/oauth2/accessToken', {
    ...asked,
    body: { ...given, appKey, appSecret: given.appSecret || APP_SECRET },
  });
  const expiresIn = Number(answer.expireIn);
  if (!answer.accessToken || !(expiresIn > 0)) {
    throw unclear(asked, 200, 'accessToken or expireIn is missing', answer);
  }
  return { accessToken: answer.accessToken, expiresIn };
}

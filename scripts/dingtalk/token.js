// token: fetches an access token. Runs when the hub has none that is still valid.
// Must return { accessToken, expiresIn }, with expiresIn in seconds.

// Sends the App ID and App Secret of the channel. For another app of yours, say so before:
//   reqBody.put('appKey', 'ding…');
//   reqBody.put('appSecret', '…');
return await dingtalk.token();

// connect: where may a connection for this app's events be made (Stream mode)? Answers { url }: good for one connection, for 90 s.
// It asks for all events: which of them come is chosen in DingTalk's console (protocols/dingtalk.md §10).

const { endpoint, ticket } = await dingtalk.api('POST', '/v1.0/gateway/connections/open', {
  ...{ purpose: 'open a connection for events', reads: true, once: true },
  // Without it the answer is XML.
  headers: { accept: 'application/json' },
  body: {
    ...{ clientId: APP_ID, clientSecret: APP_SECRET, ua: 'countersign/1.0' },
    subscriptions: [{ type: 'EVENT', topic: '*' }],
  },
});
if (typeof endpoint !== 'string' || typeof ticket !== 'string')
  throw new Error('DingTalk named no place to connect to.');
return { url: `${endpoint}${endpoint.includes('?') ? '&' : '?'}ticket=${encodeURIComponent(ticket)}` };

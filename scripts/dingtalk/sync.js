// sync: asks DingTalk where an approval stands, for when an event was lost, and for who decided.
// Must return { status }; title, form, records and approvers are shown with the task when they are there.

const approval = await dingtalk.sync(approvalInstanceId);
console.log(`${approval.title}: ${approval.status}`);
return approval;

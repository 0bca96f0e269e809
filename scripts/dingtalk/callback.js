// callback: reads an event of DingTalk. Must return { approvalInstanceId, status }, the status being one of
// pending, approved, rejected, revoked; or null when the event changes nothing.

// Only bpms_instance_change decides. What single people do (agree, transfer, comment) is bpms_task_change: null.
//   event.type     start, finish or terminate (revoked)
//   event.result   agree or refuse, of a finish
const change = dingtalk.callback(event, eventType);

if (change) console.log(`${event.title}: ${change.status}`);
return change;

// The form of an approval, and the people in it, in the spellings that scripts use.

/** DingTalk wants every name and value as a text. @param {any} form @returns {any[]} */
function formValues(form) {
  const items = plain(form);
  if (!Array.isArray(items)) throw misuse('The form must be a list of fields, each { name, value }.');
  if (items.length === 0) {
    throw misuse('fromField is empty: add a field, e.g. fromField.add({ name: "Task ID", value: TASK_ID }).');
  }
  if (items.length > 150) throw misuse(`fromField has ${items.length} fields; DingTalk takes at most 150.`);
  const indexes = new Map();
  return items.map((item, index) => {
    const name = asText(item?.name);
    const value = asText(item?.value);
    const place = `fromField[${index}]`;
    if (name === '') throw misuse(`${place}.name is missing: give the title of a control of the template.`);
    const first = indexes.get(item.id ?? name);
    if (first !== undefined)
      throw misuse(`${place} repeats "${name}", which fromField[${first}] has already.`);
    indexes.set(item.id ?? name, index);
    if (value.length > 65_535) {
      throw misuse(
        `${place}.value ("${name}") has ${value.length} characters; DingTalk takes at most 65535.`,
      );
    }
    return {
      ...item,
      name,
      value,
      extValue: item.extValue === undefined ? undefined : asText(item.extValue),
    };
  });
}

/** How a refused form differs from its template, as sentences; "" when that cannot be told. @param {any} request */
async function formDifference({ processCode, formComponentValues }) {
  let controls;
  try {
    controls = (await formSchema(processCode)).fields;
  } catch {
    return ''; // the app may lack the permission; the refusal is what matters
  }
  const sent = formComponentValues.map((/** @type {any} */ field) => field.name);
  const titles = controls.map((control) => control.name);
  const unknown = sent.filter((/** @type {string} */ name) => !titles.includes(name));
  const missing = controls.filter((control) => control.required && !sent.includes(control.name));
  const sentences = [];
  if (unknown.length > 0) {
    sentences.push(` Not in the template: ${unknown.join(', ')}. It has: ${titles.join(', ')}.`);
  }
  if (missing.length > 0) {
    sentences.push(` Required and missing: ${missing.map((control) => control.name).join(', ')}.`);
  }
  return sentences.join('');
}

/** One id, ids in a text, or a list of ids. @param {any} given @returns {string[]} */
function userIds(given) {
  const ids = [given ?? []].flat().flatMap((each) => String(each).split(','));
  return ids.map((id) => id.trim()).filter(Boolean);
}

/** A person or a list of persons (one step), or a list of steps, as DingTalk's nodes. @param {any} given */
function approverNodes(given) {
  const isStep = (/** @type {any} */ each) => typeof each === 'object' && each !== null;
  const steps = Array.isArray(given) && given.some(isStep) ? given : [given];
  const nodes = steps
    .map((step) => (isStep(step) && !Array.isArray(step) ? step : { userIds: step }))
    .map((step) => ({ ...step, userIds: userIds(step.userIds) }))
    .filter((step) => step.userIds.length > 0);
  if (nodes.length > 20) throw misuse(`approvers has ${nodes.length} steps; DingTalk takes at most 20.`);
  // One person alone must be NONE; several must be AND or OR.
  return nodes.map((node) => ({
    ...node,
    actionType: node.userIds.length === 1 ? 'NONE' : node.actionType === 'OR' ? 'OR' : 'AND',
  }));
}

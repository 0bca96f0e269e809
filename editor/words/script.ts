import type { Same } from './same.ts';

const en = {
  loading: 'Loading the script editor…',
  failed: 'The script editor could not be loaded. Your text is kept: reload the page, then try again.',
  reload: 'Reload the page',
  escapeTab: 'Press {{keys}} to let Tab leave the editor.',
  readOnly: 'You may read this script, not change it: your account has the role of a viewer.',
  client: {
    title: '{{name}}: what scripts have in scope under this name',
    label: "Source of the provider's client, read-only",
    close: 'Close',
  },
  declarations: '{{name}}: declarations, read-only',
  field: {
    unknown: 'The form has no field "{{name}}". It has {{fields}}.',
    unknownMeant: 'The form has no field "{{name}}". Did you mean "{{meant}}"?',
    requiredMeant: 'The form has no field "{{name}}". Did you mean "{{meant}}", which it requires?',
    missing: 'The form requires "{{name}}", and the script does not add it.',
    replace: 'Write "{{meant}}" instead',
    required: '{{type}}, required',
    optional: '{{type}}',
    options: 'One of: {{options}}',
    used: 'The script fills this field in already.',
    more: '{{fields}} and {{count}} more',
  },
  failedHere: 'Failed here: {{message}}',
  menusLater:
    "The script editor's own menus change their language when the page is loaded anew. What you wrote is kept.",
  diff: {
    label: 'Comparison of two scripts, read-only',
    before: 'Before',
    after: 'After',
  },
};

const zh = {
  loading: '正在加载脚本编辑器…',
  failed: '脚本编辑器加载失败。您的内容已保留，请刷新页面后重试。',
  reload: '刷新页面',
  escapeTab: '按 {{keys}} 可让 Tab 键离开编辑器。',
  readOnly: '您的账号是查看者，只能查看此脚本，不能修改。',
  client: {
    title: '{{name}}：脚本中以此名称可用的客户端',
    label: '审批应用客户端源代码（只读）',
    close: '关闭',
  },
  declarations: '{{name}}：类型声明（只读）',
  field: {
    unknown: '表单中没有字段“{{name}}”。现有字段：{{fields}}。',
    unknownMeant: '表单中没有字段“{{name}}”。是否应为“{{meant}}”？',
    requiredMeant: '表单中没有字段“{{name}}”。是否应为必填字段“{{meant}}”？',
    missing: '“{{name}}”是表单的必填字段，但脚本没有添加。',
    replace: '改为“{{meant}}”',
    required: '{{type}}，必填',
    optional: '{{type}}',
    options: '可选值：{{options}}',
    used: '脚本中已填写此字段。',
    more: '{{fields}} 等，另有 {{count}} 个',
  },
  failedHere: '在此处失败：{{message}}',
  menusLater: '脚本编辑器自带的菜单在刷新页面后才会切换语言。您的内容会保留。',
  diff: {
    label: '两份脚本的对比（只读）',
    before: '之前',
    after: '之后',
  },
} satisfies Same<typeof en>;

/** Texts of the script editor. */
export const script = { en, zh };

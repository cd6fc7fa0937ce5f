// The button that deletes a page, on a phone: below the fields, where Decap (3.16.3) has it beside the one that saves. The styles hide one of the two.

const WIDGET = "delete-page";

/** Register the button with Decap, and add it to the fields of every page. */
export function addDeleteButton(config) {
  const { h, createClass } = window;
  const press = () => document.querySelector('[class*="-ToolbarContainer"] [class*="-DeleteButton"]')?.click();
  const control = createClass({
    displayName: "DeletePage",
    render: () => h("button", { type: "button", className: WIDGET, onClick: press }, "Slet siden"),
  });
  CMS.registerWidget({ name: WIDGET, controlComponent: control });
  for (const { fields, files = [] } of config.collections) {
    for (const list of fields ? [fields] : files.map((file) => file.fields)) list.push({ name: "delete_page", label: "Slet siden", widget: WIDGET, required: false });
  }
}

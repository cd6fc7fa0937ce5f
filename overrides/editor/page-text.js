// The text of a page that has no form of its own: one field with its Markdown. A widget of Decap, like the one it takes the place of.

import { setOpenPage } from "./open-page.js";

/** The methods of a component that passes on the page it belongs to. */
export const passesOnThePage = {
  componentDidMount() {
    setOpenPage(this);
  },
  componentWillUnmount() {
    setOpenPage(null);
  },
  // Otherwise Decap would draw it again only when its own value has changed, and it would not know of the other fields.
  shouldComponentUpdate() {
    return true;
  },
};

/** Return the component. */
export function pageText() {
  const { h, createClass } = window;
  return createClass({
    displayName: "PageText",
    mixins: [passesOnThePage],
    componentDidUpdate() {
      setOpenPage(this);
    },

    /** Select a line of the text, counted from 0. */
    focusLine(line) {
      const lines = this.field.value.split("\n");
      const from = lines.slice(0, line).join("\n").length + (line ? 1 : 0);
      this.field.focus();
      this.field.setSelectionRange(from, from + (lines[line] ?? "").length);
      this.field.scrollTop = (this.field.scrollHeight * Math.max(0, line - 3)) / lines.length;
      return true;
    },

    render() {
      const { forID, value, onChange, classNameWrapper, setActiveStyle, setInactiveStyle } = this.props;
      return h("textarea", {
        id: forID,
        className: `${classNameWrapper} page-text`,
        value: value ?? "",
        spellCheck: true,
        ref: (element) => (this.field = element),
        onChange: (event) => onChange(event.target.value),
        onFocus: setActiveStyle,
        onBlur: setInactiveStyle,
      });
    },
  });
}

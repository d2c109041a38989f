"""What rules/python.yaml finds, each below its name, and what it lets pass; `bin/check` compares."""

from nicegui import ui

SCRIPT = "window.location.reload()"


def show(customer: str) -> None:
    element = ui.element("button")

    # ruleid: only-constants-become-markup-or-code
    element.props(f'aria-label="{customer}"')
    # ruleid: only-constants-become-markup-or-code
    element.props('aria-label="%s"' % customer)
    # ruleid: only-constants-become-markup-or-code
    element.props('aria-label="{}"'.format(customer))
    # ruleid: only-constants-become-markup-or-code
    element.props("aria-label=" + customer)
    # ruleid: only-constants-become-markup-or-code
    element.props(customer)
    # ruleid: only-constants-become-markup-or-code
    element.props(add=f"title={customer}")
    # ruleid: only-constants-become-markup-or-code
    element.props(remove=customer)
    # ruleid: only-constants-become-markup-or-code
    element.classes("l24-button").props("dense", remove=customer).on("click", print)
    # ruleid: only-constants-become-markup-or-code
    element.style(f"background: url({customer})")
    # ruleid: only-constants-become-markup-or-code
    element.style(replace=customer)
    # ruleid: only-constants-become-markup-or-code
    element.add_slot("default", f"<b>{customer}</b>")
    # ruleid: only-constants-become-markup-or-code
    element.add_slot("default", template=customer)
    # ruleid: only-constants-become-markup-or-code
    ui.run_javascript(f"alert('{customer}')")
    code = "alert('" + customer + "')"
    # ruleid: only-constants-become-markup-or-code
    ui.context.client.run_javascript(code, timeout=3)
    # ruleid: only-constants-become-markup-or-code
    element.on("click", js_handler=f"() => show('{customer}')")
    # ruleid: only-constants-become-markup-or-code
    ui.add_head_html(f"<title>{customer}</title>")
    # ruleid: only-constants-become-markup-or-code
    ui.add_body_html(customer)
    # ruleid: only-constants-become-markup-or-code
    ui.add_css("body { content: '%s' }" % customer)
    # ok: only-constants-become-markup-or-code
    element.props("no-parent-event role=dialog").style("color: red").on("click", print, js_handler="() => emit()")
    # ok: only-constants-become-markup-or-code
    ui.run_javascript(SCRIPT)
    # ok: only-constants-become-markup-or-code
    element.props["aria-label"] = customer

    # ruleid: no-text-is-put-together-to-name-a-class
    element.classes(f"l24-{customer}")
    # ruleid: no-text-is-put-together-to-name-a-class
    element.classes(add="l24-%s" % customer)
    # ruleid: no-text-is-put-together-to-name-a-class
    element.classes(remove="l24-" + customer)
    # ruleid: no-text-is-put-together-to-name-a-class
    element.classes("l24-{}".format(customer))
    # ruleid: no-text-is-put-together-to-name-a-class
    element.classes(" ".join(["l24-row", customer]))
    # ok: no-text-is-put-together-to-name-a-class
    element.classes("l24-row", remove="open side-open")

    # ruleid: no-raw-html
    ui.html(customer)
    # ruleid: no-raw-html
    ui.html("<b>plain</b>", sanitize=False)
    # ruleid: no-raw-html
    ui.markdown(customer)
    # ruleid: no-raw-html
    ui.restructured_text(customer)
    # ruleid: no-raw-html
    ui.mermaid(customer)
    # ruleid: no-raw-html
    ui.interactive_image(content=customer)
    # ruleid: no-raw-html
    ui.chat_message(customer, text_html=True)
    # ruleid: no-raw-html
    ui.notify(customer, html=True)
    # ok: no-raw-html
    ui.label(customer)

    # ruleid: no-property-or-script-that-makes-html
    element.props["innerHTML"] = customer
    # ruleid: no-property-or-script-that-makes-html
    element.props.update({"type": "button", "srcdoc": customer})
    # ruleid: no-property-or-script-that-makes-html
    element.on("click", js_handler="(event) => document.body.insertAdjacentHTML('beforeend', event.target.value)")
    # ruleid: no-property-or-script-that-makes-html
    ui.run_javascript("eval(document.title)")
    # ruleid: no-property-or-script-that-makes-html
    element.add_slot("default", '<b v-html="props.text"></b>')
    # ok: no-property-or-script-that-makes-html
    element.props["title"] = customer

    # ruleid: a-constant-says-all-itself
    BADGE = f"<b>{customer}</b>"
    ui.add_body_html(BADGE)

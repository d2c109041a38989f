"""What is copied to the clipboard with one click."""

from nicegui import ui

from leader24.i18n import _
from leader24.pages import undo

# In the browser itself: only within a click it lets a page copy. Without https it gives no clipboard; the older way
# works there. What begins with a slash is a page of ours.
COPY = """async (event) => {
  const {copy} = event.currentTarget.dataset;
  const text = copy.startsWith('/') ? location.origin + copy : copy;
  try {
    await navigator.clipboard.writeText(text);
    emit(true);
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    (event.target.closest('.l24-menu') ?? document.body).append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    emit(copied);
  }
}"""


def copies(element: ui.element, text: str, said: str) -> ui.element:
    """A click on it copies the text; `said` is what is shown then."""
    element.props["data-copy"] = text
    element.on("click", lambda event: _tell(bool(event.args), said), js_handler=COPY)
    return element


def _tell(is_copied: bool, said: str) -> None:
    failed = _("Your browser does not let this page copy. Select the text and copy it yourself.")
    undo.say(said if is_copied else failed)

"""Files that came with messages, as the history shows them and as paper and text files name them."""

from leader24.i18n import _
from leader24.pages import words
from leader24.pages.rows import Row, isolated
from leader24.services import file_types
from leader24.services.attachments import AttachmentRow


def shown(row: AttachmentRow, who: str) -> Row:
    """`who` sent it. Where it is shown in place, a page needs its label; otherwise its name and what it is."""
    place = _place(row)
    kind, symbol = words.media(_type(row))
    name = isolated(row.name) if row.is_fetched and row.name else kind
    return {
        "id": row.id,
        "as": place,
        "href": address(row.id) if row.is_fetched else "",
        "icon": symbol,
        "name": name,
        "about": _about(row, kind if name != kind else ""),
        "label": _label(place, kind, isolated(who)),
        "download": _("Download {name}").format(name=name),
    }


def told(row: AttachmentRow) -> str:
    kind, _symbol = words.media(_type(row))
    return " · ".join(filter(None, [kind, row.name, _about(row, "")]))


def address(attachment_id: int) -> str:
    return f"/media/{attachment_id}"


def _place(row: AttachmentRow) -> str:
    """How it stands in the history."""
    if not row.is_fetched:
        return "failed" if row.problem else "waiting"
    if row.found_type in file_types.SHOWN:
        return "image"
    if row.found_type in file_types.HEARD:
        return "audio"
    return "video" if row.found_type in file_types.WATCHED else "file"


def _type(row: AttachmentRow) -> str:
    """What it turned out to be; what its sender says where that is nothing that we know."""
    if row.found_type and row.found_type != file_types.DOWNLOAD:
        return row.found_type
    told = file_types.plain(row.content_type)
    is_untrue = row.is_fetched and told.startswith(("image/", "audio/", "video/"))
    return "" if is_untrue else told


def _about(row: AttachmentRow, kind: str) -> str:
    if row.problem:
        return _("Could not be fetched: {reason}").format(reason=words.fetch_problem(row.problem))
    if not row.is_fetched:
        return _("Is being fetched…")
    return " · ".join([*filter(None, [kind]), words.size(row.size or 0)])


def _label(place: str, kind: str, who: str) -> str:
    if not who:
        return kind
    if place == "image":
        return _("Image from {name}").format(name=who)
    return _("{kind} from {name}").format(kind=kind, name=who)

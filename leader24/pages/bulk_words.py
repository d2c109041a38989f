"""What was done to so many conversations, in words."""

from leader24.i18n import n_


def picked(count: int) -> str:
    return n_("{count} selected", "{count} selected", count)


def all_matching(count: int) -> str:
    return n_("Select {count} matching", "Select all {count} matching", count)


def has_status(status: str, count: int) -> str:
    return n_("{count} conversation is now {status}", "{count} conversations are now {status}", count, status=status)


def has_tag(tag: str, count: int) -> str:
    return n_("{count} conversation got the tag {tag}", "{count} conversations got the tag {tag}", count, tag=tag)


def lost_tag(tag: str, count: int) -> str:
    return n_("{count} conversation lost the tag {tag}", "{count} conversations lost the tag {tag}", count, tag=tag)


def is_read(count: int) -> str:
    return n_("{count} conversation marked as read", "{count} conversations marked as read", count)


def is_unread(count: int) -> str:
    return n_("{count} conversation marked as unread", "{count} conversations marked as unread", count)


def is_deleted(count: int) -> str:
    return n_("{count} conversation moved to the bin", "{count} conversations moved to the bin", count)


def is_restored(count: int) -> str:
    return n_("{count} conversation restored", "{count} conversations restored", count)


def is_gone(count: int) -> str:
    return n_("{count} conversation is no longer there.", "{count} conversations are no longer there.", count)


def was_changed(count: int) -> str:
    """Of what could not be taken back."""
    return n_(
        "Undone, but for {count} conversation that was changed meanwhile.",
        "Undone, but for {count} conversations that were changed meanwhile.",
        count,
    )


def delete_question(count: int) -> str:
    return n_("Move {count} conversation to the bin?", "Move {count} conversations to the bin?", count)

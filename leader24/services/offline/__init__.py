"""The built-in reviewer and agent: they work with no key and no network."""

from leader24.services.offline.agent import OfflineAgent
from leader24.services.offline.reviewer import OfflineReviewer

__all__ = ["OfflineAgent", "OfflineReviewer"]

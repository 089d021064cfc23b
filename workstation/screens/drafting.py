"""What a screen holds is kept as a draft at each change, so that no crash and no colleague can lose it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workstation.acts import drafts
from workstation.acts.desk import Desk
from workstation.domain.draft import Draft
from workstation.errors import Explained

#: How often what was saved is brought to the disk (design §7).
SYNC_SECONDS = 2.0


class Keeper:
    """The draft of one screen: begun with the first change, saved with each, used up by the act."""

    def __init__(self, desk: Callable[[], Desk], kind: str, object_: str | None = None) -> None:
        self._desk, self._kind, self._object = desk, kind, object_
        self._draft: Draft | None = None
        self._body: dict[str, Any] | None = None
        self.trouble: Explained | None = None
        """Why the latest change is not kept; what is on the screen is still there."""

    @property
    def id(self) -> str | None:
        """The draft's id, to be named by the act it becomes; None before the first change."""
        return self._draft.id if self._draft else None

    def find(self) -> Draft | None:
        """The draft about this object that somebody at this window has begun and not finished."""
        try:
            found = drafts.listed(self._desk()).drafts
        except Explained as error:
            self.trouble = error
            return None
        mine = [d for d in found if d.kind == self._kind and d.object == self._object and d.body is not None]
        return mine[-1] if mine else None

    def resume(self, draft: Draft) -> Mapping[str, Any]:
        """Go on with a draft; gives what was typed."""
        self._draft = drafts.resume(self._desk(), draft.id)
        self._body = dict(self._draft.body or {})
        return self._body

    def keep(self, body: Mapping[str, Any], title: str = "") -> None:
        """Keep what the screen holds now; a draft that is gone is begun anew."""
        if self._body == body or (self._draft is None and self._desk().readonly):
            return
        self._body, self.trouble = dict(body), None
        try:
            self._save(body, title)
        except Explained as error:
            self.trouble = error

    def drop(self) -> None:
        """Throw it away: it was asked whether that is meant, or there is nothing in it any more."""
        if self._draft is not None:
            drafts.discard(self._desk(), self._draft.id, confirmed=True)
            self.forget()

    def forget(self) -> None:
        """The act has used it up."""
        self._draft = self._body = None

    def sync(self) -> None:
        """Bring to the disk what was saved."""
        if self._draft is not None and self.trouble is None:
            try:
                drafts.sync(self._desk())
            except Explained as error:
                self.trouble = error

    def _save(self, body: Mapping[str, Any], title: str) -> None:
        if self._draft is not None:
            try:
                self._draft = drafts.save(self._desk(), self._draft.id, body, title=title)
                return
            except Explained as error:
                if error.code != "draft-not-found":
                    raise
        self._draft = drafts.begin(self._desk(), self._kind, body, object=self._object, title=title)

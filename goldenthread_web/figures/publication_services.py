"""How are figures frozen under a name? The files are the library's; who did it and when is an Event."""

from collections.abc import Sequence

from django.conf import settings

from goldenthread.figures.figure import Figure
from goldenthread.figures.publication import Asked, NotPublished, Publication, PublishedLoad, publish
from goldenthread.settings import Settings
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.figures.publications import PUBLISHED, key_of
from goldenthread_web.trail.recording import record


@service(Permission.SET_TARGETS)
def publish_figures(
    name: str,
    figures: Sequence[Figure],
    asked: Asked,
    loads: Sequence[PublishedLoad],
    *,
    local: Settings,
    by: User,
) -> Publication:
    """Freeze figures under a name: nothing changes them afterwards. Nothing leaves the house by it.

    `local` are the settings with which they were worked out.
    """
    try:
        made, _ = publish(settings.INSTALLATION.store, name, figures, asked, local, loads)
    except NotPublished as why:
        raise Refused(str(why)) from why
    changes = {"figures": len(figures), "on": asked.on.isoformat()}
    record(PUBLISHED, ("publication", key_of(made)), by=by, changes=changes)
    return made

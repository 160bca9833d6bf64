"""Where do stylesheets and scripts come from? From files whose names hold the hash of their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names, so that a browser may keep a file for ever and never shows an old one."""

    manifest_strict = True

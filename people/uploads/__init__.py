"""Files that people send are judged by what they hold, never by their name or by what the browser calls them.

One door: `check_upload`. It reads a file that is open at its beginning and leaves it there. Views, forms and the
administration use it; each says which kinds it takes and how large they may be.
"""

from .checking import check_upload
from .kinds import Kind, kind_of
from .refusals import UploadRefused

__all__ = ["Kind", "UploadRefused", "check_upload", "kind_of"]

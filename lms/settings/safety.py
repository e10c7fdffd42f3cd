"""What protects every installation: limits, uploads, cookies, and who is trusted between us and the browser."""

from __future__ import annotations

from . import env

# Proxies ----------------------------------------------------------------------------------------------------------

PUENTE_TRUSTED_PROXIES = env.number("PUENTE_TRUSTED_PROXIES", 0)
"""How many proxies of ours stand before this server. So many entries of X-Forwarded-For are believed, from its end;
with 0, none, nor X-Forwarded-Proto."""
ALLAUTH_TRUSTED_PROXY_COUNT = PUENTE_TRUSTED_PROXIES

# How often --------------------------------------------------------------------------------------------------------

PUENTE_RATE_LIMITS = {
    "certificates.look_up": "60/m/ip,600/h/ip",
    "certificates.check_file": "20/m/ip,120/h/ip",
    "certificates.badge": "30/m/user",
    "certificates.published": "120/m/ip",
    "people.invite": "30/m/user,600/d/user",
    "people.accept_invitation": "120/m/ip",
    "courses.search": "60/m/ip",
    "courses.renderings": "20/m/user",
    "courses.questions": "20/m/user",
    "curricula.attend": "30/m/user",
    "curricula.calendar": "240/m/ip",
    "curricula.roster": "20/m/user",
    "reports.export": "20/m/user",
}
"""Rates of `people.limits`, by action. A port of entry shares one address among many officers: counts by address leave
room for a shift that begins, counts by person and key hold the single one."""
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "20/m/ip,3/5m/key",
    "reset_password_from_key": "20/m/ip",
    "request_login_code": "20/m/ip,3/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "signup": "5/m/ip",
    "invitation": "120/m/ip",
}

# How much ---------------------------------------------------------------------------------------------------------

PUENTE_MOST_REQUEST_BYTES = 32 * 1024 * 1024
"""The largest request of all; a larger one is refused before it is read."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # a page of the editor without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a lesson in the editor has some thousand
DATA_UPLOAD_MAX_NUMBER_FILES = 50
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
PUENTE_UPLOAD_MOST_UNPACKED_BYTES = 256 * 1024 * 1024
PUENTE_UPLOAD_MOST_PAGES = 1000
PUENTE_UPLOAD_MOST_LINE_CHARACTERS = 20_000

WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpeg", "jpg", "png", "webp"]  # no SVG: it can hold programs
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "lms.forms.ImageForm"
WAGTAILDOCS_EXTENSIONS = [
    "csv", "docx", "m4a", "mp3", "mp4", "odp", "ods", "odt", "ogg", "pdf", "pptx", "txt", "webm", "xlsx",
]  # fmt: skip
WAGTAILDOCS_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
"""Of a document, a sound or a film: about eight minutes of film at 480 lines. A bad link has to bring it too."""
WAGTAILDOCS_DOCUMENT_FORM_BASE = "lms.forms.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # always as an attachment
WAGTAILDOCS_BLOCK_EMBEDDED_CONTENT = True

# Cookies and headers ------------------------------------------------------------------------------------------------

SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"  # identity providers lead back here
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # previews in the administration aside: see lms.middleware
PUENTE_PERMISSIONS_POLICY = {
    "accelerometer": "()", "browsing-topics": "()", "camera": "()", "display-capture": "()", "geolocation": "()",
    "gyroscope": "()", "magnetometer": "()", "microphone": "()", "midi": "()", "payment": "()", "usb": "()",
    "clipboard-write": "(self)", "fullscreen": "(self)",
    "publickey-credentials-create": "(self)", "publickey-credentials-get": "(self)",
}  # fmt: skip
"""Passkeys, copying and a full screen for ourselves; nothing else for anyone."""

# The administration has no entrance, passwords or addresses of its own ------------------------------------------------

WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False

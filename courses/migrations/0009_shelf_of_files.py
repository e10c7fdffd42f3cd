import hashlib
import shutil
from pathlib import Path, PurePath

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import migrations


def to_the_shelf(apps, schema_editor):
    """Files of frozen content lay in the media folder; they have their place in the private one."""
    _move(Path(settings.MEDIA_ROOT) / "frozen", Path(settings.PUENTE_PRIVATE_DIR) / "content")


def back_from_the_shelf(apps, schema_editor):
    _move(Path(settings.PUENTE_PRIVATE_DIR) / "content", Path(settings.MEDIA_ROOT) / "frozen")


def _move(old, new):
    if not old.is_dir():
        return
    new.mkdir(parents=True, exist_ok=True)
    for path in old.iterdir():
        if path.is_file() and not (new / path.name).exists():
            shutil.move(path, new / path.name)


def write_down_uses(apps, schema_editor):
    """Until now only questions used files: those of drafts, and those of frozen courses with the same bytes."""
    Item, FrozenCourse, FileUse = (apps.get_model("courses", n) for n in ("Item", "FrozenCourse", "FileUse"))
    images = {}
    for item in Item.objects.filter(image__isnull=False).select_related("image"):
        with default_storage.open(item.image.file.name) as file:
            name = hashlib.file_digest(file, "sha256").hexdigest() + PurePath(item.image.file.name).suffix.lower()
        images[name] = item.image_id
        FileUse.objects.create(item=item, image=item.image, file=name, code=item.code, is_of_a_question=True)
    for frozen in FrozenCourse.objects.iterator():
        for item in (item for quiz in frozen.content.get("quizzes", []) for item in quiz["items"]):
            name = item.get("image", {}).get("file")
            if name in images:
                FileUse.objects.create(
                    frozen_course=frozen, image_id=images[name], file=name, code=item["code"], is_of_a_question=True
                )


class Migration(migrations.Migration):

    dependencies = [("courses", "0008_histories_are_kept")]

    operations = [
        migrations.RunPython(to_the_shelf, back_from_the_shelf),
        migrations.RunPython(write_down_uses, migrations.RunPython.noop),
    ]
